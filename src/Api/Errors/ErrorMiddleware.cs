using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Errors;

/// <summary>Gives every response its request id, and every failure OpenAI's error shape.</summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next,
    TimeProvider time,
    IOptions<ApiOptions> options,
    ILogger<ErrorMiddleware> logger
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // A client's own value is not taken over: it could name another request in the log.
        var requestId = $"req_{Guid.CreateVersion7(time.GetUtcNow()):N}";
        context.Response.Headers["x-request-id"] = requestId;
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            if (context.Response.HasStarted)
            {
                LogCut(exception, requestId);
                context.Abort();
                return;
            }

            await AnswerAsync(context, ErrorOf(exception, requestId));
            return;
        }

        if (EmptyAnswer(context) is { } error)
        {
            await AnswerAsync(context, error);
        }
    }

    private static Task AnswerAsync(HttpContext context, ApiError error) => new ErrorResult(error).ExecuteAsync(context);

    /// <summary>Routing answers unknown paths and methods without a body.</summary>
    private static ApiError? EmptyAnswer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.ContentType is not null || response.ContentLength is not null)
        {
            return null;
        }

        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiError.UnknownUrl(request.Method, request.Path),
            StatusCodes.Status405MethodNotAllowed => ApiError.MethodNotAllowed(request.Method, request.Path),
            StatusCodes.Status400BadRequest => ApiError.BadRequest,
            _ => null,
        };
    }

    private ApiError ErrorOf(Exception exception, string requestId)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiError.BodyTooLarge(options.Value.MaxBodyBytes)
                : ApiError.BadRequest;
        }

        if (DatabaseFaults.Is(exception))
        {
            LogDatabaseAway(exception, requestId);
            return ApiError.DatabaseUnavailable;
        }

        LogFailed(exception, requestId);
        return ApiError.Internal;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private partial void LogFailed(Exception exception, string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} was refused: the database cannot be reached")]
    private partial void LogDatabaseAway(Exception exception, string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} was cut off after its answer had begun")]
    private partial void LogCut(Exception exception, string requestId);
}
