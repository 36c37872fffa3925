using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Settlement;

/// <summary>
/// Gives reserved credit back, once for each attempt: an attempt is known by its job and fence, so that repeated and late messages settle
/// nothing. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class Settler(JobIndex index, CreditBook credits, SchedulerOptions options)
{
    /// <summary>A queued job was announced or read. True where it is new to the index.</summary>
    public bool Admit(QueuedJob queued, DateTimeOffset now)
    {
        if (index.Find(queued.Id.Value) is { } known)
        {
            if (queued.Fence <= known.Fence)
            {
                MarkSeen(known);
                return false;
            }

            // Its attempt has ended, and the message that said so has been lost or comes later.
            ReleaseUnknown(known);
        }

        return index.Add(queued, now);
    }

    public void Ended(AttemptEnded ended, DateTimeOffset now)
    {
        var failure = (FailureClass)ended.Failure;
        if (failure == FailureClass.RateLimited)
        {
            var pause = ended.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : options.RateLimitPause;
            credits.Find(ended.Endpoint)?.Close(now + pause);
        }

        if (index.Find(ended.JobId) is { } job)
        {
            Release(job, ended, failure);
        }

        if (ended.Requeued is { } requeued)
        {
            Admit(QueuedJobs.From(requeued), now);
        }
    }

    /// <summary>A sweep moved the job.</summary>
    public void Swept(SweptJob swept, DateTimeOffset now)
    {
        if (swept.Requeued is { } requeued)
        {
            Admit(requeued, now);
        }
        else if (index.Find(swept.Id.Value) is { } job)
        {
            // Only a job that had not started can expire by a sweep without a running attempt.
            if (swept.State == JobState.Expired)
            {
                ReleaseUnstarted(job);
            }
            else
            {
                ReleaseUnknown(job);
            }
        }
    }

    /// <summary>Drops a job whose attempt, if any, ended with unknown usage: the reservation of tokens stands.</summary>
    public void ReleaseUnknown(IndexedJob job)
    {
        if (job.State == IndexedState.InFlight)
        {
            job.Endpoint!.Settle(job.Tokens, used: null);
        }

        index.Remove(job);
    }

    /// <summary>Drops a job whose attempt was never started.</summary>
    public void ReleaseUnstarted(IndexedJob job)
    {
        if (job.State == IndexedState.InFlight)
        {
            ReturnReservation(job);
        }

        index.Remove(job);
    }

    /// <summary>Gives everything back that was reserved for a dispatch which did not come to be.</summary>
    public static void ReturnReservation(IndexedJob job)
    {
        job.Endpoint!.Cancel(job.Tokens);
        job.Lane.Tenant.Share.Settle(job.Tokens, used: 0);
    }

    private void Release(IndexedJob job, AttemptEnded ended, FailureClass failure)
    {
        if (job.State == IndexedState.InFlight && job.Fence == ended.Fence)
        {
            if (failure == FailureClass.HandedBack)
            {
                ReturnReservation(job);
            }
            else
            {
                Settle(job, UsedBy(ended, failure));
            }

            index.Remove(job);
        }
        else if (job.IsQueued && job.Fence < ended.Fence && ended.Requeued is null)
        {
            // An index entry from before this attempt, which ended the job.
            index.Remove(job);
        }
    }

    private static void Settle(IndexedJob job, int? used)
    {
        job.Endpoint!.Settle(job.Tokens, used);
        if (used is { } known)
        {
            job.Lane.Tenant.Share.Settle(job.Tokens, known);
        }
    }

    // A call that was turned away before it reached a model has used nothing.
    private static int? UsedBy(AttemptEnded ended, FailureClass failure)
    {
        if (ended.InputTokens is { } input && ended.OutputTokens is { } output)
        {
            return input + output;
        }

        return failure != FailureClass.None && !FailureRules.Of(failure).MayHaveReachedModel ? 0 : null;
    }

    private static void MarkSeen(IndexedJob known)
    {
        if (known.IsQueued)
        {
            known.SeenIn = known.Lane.Reading;
        }
    }
}
