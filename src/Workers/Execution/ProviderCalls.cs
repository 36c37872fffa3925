using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Streaming;

namespace InferenceBroker.Workers.Execution;

/// <summary>The step that calls the provider. However the call ends, the attempt has an answer or a reason for the stop afterwards.</summary>
internal sealed partial class ProviderCalls(ILogger<ProviderCalls> logger)
{
    public async Task MakeAsync(Attempt attempt)
    {
        if (attempt.Call is not { } prepared)
        {
            return;
        }

        try
        {
            IChunkSink sink = attempt.Chunks is { } chunks ? chunks : NoChunks.Instance;
            attempt.Answer = await prepared.Client.SendAsync(prepared.Call, sink, attempt.Stopped);
        }
        catch (OperationCanceledException) when (attempt.Stopped.IsCancellationRequested)
        {
            // The conclusion reads the reason.
        }
        catch (OperationCanceledException)
        {
            attempt.Answer = Failed(FailureClass.Timeout, "The call ran into a time limit.");
        }
        catch (Exception e)
        {
            LogClientBroke(logger, e, attempt.JobId.Value, attempt.Started.Attempt, attempt.Endpoint);
            attempt.Answer = Failed(FailureClass.Unknown, "The call could not be made.");
        }
    }

    private static ProviderAnswer Failed(FailureClass failure, string message) => new() { Failure = new ProviderFailure(failure, message) };

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId}, attempt {Attempt}: the client of {Endpoint} broke.")]
    private static partial void LogClientBroke(ILogger logger, Exception exception, Guid jobId, int attempt, string endpoint);
}
