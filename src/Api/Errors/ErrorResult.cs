using System.Globalization;

namespace InferenceBroker.Api.Errors;

/// <summary>Answers with an error. The only writer of error answers.</summary>
internal sealed class ErrorResult(ApiError error) : IResult
{
    public ApiError Error { get; } = error;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Error.Status;
        if (Error.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Error.NeverRetry)
        {
            response.Headers["x-should-retry"] = "false";
        }

        if (Error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return new JsonBytesResult(Error.Status, ErrorJson.Write(Error)).ExecuteAsync(httpContext);
    }
}
