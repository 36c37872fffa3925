using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Workers.Execution;

namespace InferenceBroker.Workers.Liveness;

/// <summary>Ends the calls of cancelled jobs at once. Jobs that run elsewhere are none of its business.</summary>
internal sealed class CancelJobsHandler(RunningAttempts running) : IMessageHandler<CancelJobs>
{
    public Task HandleAsync(CancelJobs message, CancellationToken cancellationToken)
    {
        foreach (var id in message.JobIds)
        {
            running.Cancel(new JobId(id));
        }

        return Task.CompletedTask;
    }
}
