using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Messaging;
using InferenceBroker.Workers.Execution;

namespace InferenceBroker.Workers.Pools;

/// <summary>
/// Runs the attempts of a message, each in a slot of the provider's pool. The message is done when all of them have ended; a repeated one does
/// nothing, since no attempt starts twice. No attempt can hurt its neighbours, so none of their exceptions leaves: what a broken one leaves
/// behind in the database is found by the sweeps.
/// </summary>
internal sealed partial class ExecuteJobsHandler(
    string provider,
    Slots slots,
    AttemptRunner runner,
    HandBack handBack,
    ILogger logger,
    CancellationToken stopping
) : IMessageHandler<ExecuteJobs>
{
    /// <summary>The token is not heeded: once started, an attempt ends by its own rules, also when the transport goes away.</summary>
    public Task HandleAsync(ExecuteJobs message, CancellationToken cancellationToken)
    {
        if (message.Jobs.Count == 1)
        {
            return RunAsync(message.Jobs[0]);
        }

        var attempts = new Task[message.Jobs.Count];
        for (var i = 0; i < attempts.Length; i++)
        {
            attempts[i] = RunAsync(message.Jobs[i]);
        }

        return Task.WhenAll(attempts);
    }

    private async Task RunAsync(ExecuteJob job)
    {
        try
        {
            if (!await slots.TakeAsync(stopping))
            {
                await handBack.HandBackAsync(provider, job);
                return;
            }

            try
            {
                await runner.RunAsync(provider, job);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (Exception e)
        {
            LogAttemptBroke(logger, e, job.JobId, job.Fence, provider);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Job {JobId}, fence {Fence} at {Provider}: the attempt could not be started or ended; a sweep will find it."
    )]
    private static partial void LogAttemptBroke(ILogger logger, Exception exception, Guid jobId, long fence, string provider);
}
