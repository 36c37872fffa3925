using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Settlement;

/// <summary>
/// Gives reserved credit back, once for each attempt: an attempt is known by its job and fence, so that repeated and late messages settle
/// nothing. Belongs to the dispatch loop: not thread safe.
/// </summary>
/// <param name="chance">Gives numbers from 0 up to, not including, 1.</param>
internal sealed class Settler(JobIndex index, CreditBook credits, SchedulerOptions options, Func<double> chance)
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
            ReleaseUnknown(known, now);
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
            Release(job, ended, failure, now);
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
                ReleaseUnstarted(job, now);
            }
            else
            {
                ReleaseUnknown(job, now);
            }
        }
    }

    /// <summary>A dispatched job was taken back before any worker had it.</summary>
    public void Recalled(QueuedJob queued, DateTimeOffset now)
    {
        if (index.Find(queued.Id.Value) is { State: IndexedState.InFlight } job && job.Fence < queued.Fence)
        {
            ReleaseUnstarted(job, now);
        }

        Admit(queued, now);
    }

    /// <summary>Drops a job whose attempt, if any, ended with unknown usage: the reservation of tokens stands.</summary>
    public void ReleaseUnknown(IndexedJob job, DateTimeOffset now)
    {
        if (job.State == IndexedState.InFlight)
        {
            Land(job, now);
            job.Flight!.Reservation.Settle(used: null, startedAt: null, now);
        }

        index.Remove(job);
    }

    /// <summary>Drops a job whose attempt was never started.</summary>
    public void ReleaseUnstarted(IndexedJob job, DateTimeOffset now)
    {
        if (job.State == IndexedState.InFlight)
        {
            ReturnReservation(job, now);
        }

        index.Remove(job);
    }

    /// <summary>Gives everything back that was reserved for a dispatch which did not come to be.</summary>
    public void ReturnReservation(IndexedJob job, DateTimeOffset now)
    {
        Land(job, now);
        var reservation = job.Flight!.Reservation;
        reservation.Return();
        Correct(job, used: 0);
    }

    private void Release(IndexedJob job, AttemptEnded ended, FailureClass failure, DateTimeOffset now)
    {
        if (job.State == IndexedState.InFlight && job.Fence == ended.Fence)
        {
            if (failure == FailureClass.HandedBack)
            {
                ReturnReservation(job, now);
            }
            else
            {
                Settle(job, ended, failure, now);
            }

            index.Remove(job);
        }
        else if (job.IsQueued && job.Fence < ended.Fence && ended.Requeued is null)
        {
            // An index entry from before this attempt, which ended the job.
            index.Remove(job);
        }
    }

    private void Settle(IndexedJob job, AttemptEnded ended, FailureClass failure, DateTimeOffset now)
    {
        var flight = job.Flight!;
        var startedAt = StartOf(ended, now);
        var used = UsedBy(ended, failure);
        LeaveLanes(job);
        flight.Health.Record(CallOf(ended, failure, startedAt, now), chance());
        flight.Reservation.Settle(used, startedAt, now);
        if (used is { } known)
        {
            Correct(job, Tokens(known));
            if (failure == FailureClass.None)
            {
                job.Model?.Answers.Add(known.OutputTokens);
            }
        }

        if (ended.RateLimits is { } limits)
        {
            flight.Endpoint.Key.Correct(ViewOf(limits, now), now);
        }
    }

    // What ended without a word says nothing about the endpoint, but a probe must not be waited for.
    private void Land(IndexedJob job, DateTimeOffset now)
    {
        LeaveLanes(job);
        var none = new EndedCall
        {
            Failure = FailureClass.Cancelled,
            StartedAt = now,
            EndedAt = now,
        };
        job.Flight!.Health.Record(none, chance());
    }

    private static void LeaveLanes(IndexedJob job) => job.Flight!.Endpoint.Provider.Lanes.NoteReturned(job.Lane.Lane, 1);

    private void Correct(IndexedJob job, int used)
    {
        var charged = job.Flight!.Charged;
        var group = job.Group;
        var tenant = group.Lane;
        group.Share.Settle(charged, used);
        tenant.Share.Settle(charged, used);
        tenant.Turns.Update(group);
        index.Turns[(int)tenant.Lane].Update(tenant);
    }

    private static int Tokens(in Spend spend) => (int)Math.Min(spend.Tokens, int.MaxValue);

    // A call that was turned away before it reached a model has used nothing.
    private static Spend? UsedBy(AttemptEnded ended, FailureClass failure)
    {
        if (ended.InputTokens is { } input && ended.OutputTokens is { } output)
        {
            return new Spend(input, output, ended.CostNanoUsd);
        }

        return failure != FailureClass.None && !FailureRules.Of(failure).MayHaveReachedModel ? new Spend(0, 0) : null;
    }

    private static EndedCall CallOf(AttemptEnded ended, FailureClass failure, DateTimeOffset startedAt, DateTimeOffset now) =>
        new()
        {
            Failure = failure,
            StartedAt = startedAt,
            EndedAt = now,
            FirstToken = ended.TimeToFirstTokenMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            InputTokens = ended.InputTokens ?? 0,
            OutputTokens = ended.OutputTokens ?? 0,
            RetryAfter = ended.RetryAfterMs is { } after ? TimeSpan.FromMilliseconds(after) : null,
        };

    private static Domain.Budgets.RateLimitView ViewOf(Contracts.Settlement.RateLimitView limits, DateTimeOffset now) =>
        new()
        {
            ObservedAt = now,
            RemainingRequests = limits.RemainingRequests,
            RemainingTokens = limits.RemainingTokens,
            RemainingInputTokens = limits.RemainingInputTokens,
            RemainingOutputTokens = limits.RemainingOutputTokens,
            RequestsResetAt = At(limits.RequestsResetMs, now),
            TokensResetAt = At(limits.TokensResetMs, now),
        };

    private static DateTimeOffset StartOf(AttemptEnded ended, DateTimeOffset now)
    {
        var start =
            ended.StartedAtMs > 0
                ? DateTimeOffset.FromUnixTimeMilliseconds(ended.StartedAtMs)
                : now - TimeSpan.FromMilliseconds(ended.DurationMs);
        return start < now ? start : now;
    }

    private static DateTimeOffset? At(int? milliseconds, DateTimeOffset now) =>
        milliseconds is { } ms ? now + TimeSpan.FromMilliseconds(ms) : null;

    private static void MarkSeen(IndexedJob known)
    {
        if (known.IsQueued)
        {
            known.SeenIn = known.Lane.Reading;
        }
    }
}
