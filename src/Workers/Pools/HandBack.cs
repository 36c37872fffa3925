using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Workers.Execution;

namespace InferenceBroker.Workers.Pools;

/// <summary>Gives back a job that was delivered but not started: it is queued again at once and has lost nothing.</summary>
internal sealed class HandBack(IJobStore jobs, IHintSender hints, RunningAttempts running)
{
    public async Task HandBackAsync(string provider, ExecuteJob job)
    {
        var id = new JobId(job.JobId);
        if (!await jobs.HandBackAsync(id, job.Fence, running.Aborted))
        {
            return;
        }

        var queued = await jobs.ReadQueuedByIdAsync([id], running.Aborted);
        hints.AttemptEnded(
            new AttemptEnded
            {
                JobId = job.JobId,
                Fence = job.Fence,
                Endpoint = new EndpointId(provider, job.Key, job.Model).ToString(),
                Failure = (short)FailureClass.HandedBack,
                InputTokens = 0,
                OutputTokens = 0,
                Requeued = queued.Count == 1 ? RequeuedJob.HintOf(queued[0]) : null,
            }
        );
    }
}
