using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Controls;
using InferenceBroker.Scheduler.Health;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;
using InferenceBroker.Scheduler.Telemetry;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// The one thread of thought of a leader: takes whatever waits in the inbox, then plans rounds. It waits for nothing but its inbox: claims,
/// messages and reads are under way elsewhere and answer into the inbox. So its memory needs no locks.
/// </summary>
internal sealed class DispatchLoop(
    SchedulerMemory memory,
    DispatchInbox inbox,
    ClaimPipeline claims,
    ExecutePublisher publisher,
    LaneReader reader,
    Recaller recaller,
    Refuser refuser,
    HealthSaver saver,
    DispatchPause pause,
    InquiryAnswers inquiries,
    IBusStatus bus,
    SchedulerOptions options,
    SchedulerMetrics metrics,
    TimeProvider time
) : IDisposable
{
    private const int MostItems = 512;

    // How often blocked jobs look for credit that time brings: refilled budgets, gates that open.
    private static readonly TimeSpan CreditPoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => inbox.TryPost(Tick.Instance), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        inbox.TryPost(Tick.Instance);
        while (await inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            RunOnce(cancellationToken);
        }
    }

    /// <summary>Looks at what waits and dispatches what can be. Returns the number of items.</summary>
    public int RunOnce(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        memory.RefreshCatalog(now);
        memory.AdvanceHealth(now);
        var items = 0;
        while (items < MostItems && inbox.Reader.TryRead(out var item))
        {
            Apply(item, now, cancellationToken);
            items++;
        }

        var nextWaiting = memory.Index.WakeWaiting(now);
        Dispatch(now, cancellationToken);
        refuser.Refuse(memory.Planner.TooCostly, cancellationToken);
        ReadLowLanes(cancellationToken);

        SetTimer(nextWaiting, now);
        metrics.Note(memory.Index.QueuedCount, memory.Index.InFlightCount);
        return items;
    }

    public void Dispose() => _timer?.Dispose();

    private void Apply(object item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case JobsSubmitted submitted:
                foreach (var job in submitted.Jobs)
                {
                    memory.Settler.Admit(QueuedJobs.From(job), now);
                }

                break;
            case AttemptsEnded ended:
                foreach (var attempt in ended.Attempts)
                {
                    memory.Settler.Ended(attempt, now);
                }

                break;
            case ClaimEnded claim:
                claims.NoteEnded();
                End(claim, now, cancellationToken);
                break;
            case TermOverException over:
                throw over;
            case SendFailed failed:
                memory.Credits.FindProvider(failed.Provider)?.PausedUntil = now + options.SendFailurePause;
                break;
            case Inquiry inquiry:
                inquiries.Answer(inquiry, now, cancellationToken);
                break;
            default:
                ApplyRead(item, now, cancellationToken);
                break;
        }
    }

    private void ApplyRead(object item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case JobsSwept swept:
                foreach (var job in swept.Jobs)
                {
                    memory.Settler.Swept(job, now);
                }

                break;
            case InFlightRead read:
                Resend(memory.InFlight.Apply(read.Number, read.Jobs, now), cancellationToken);
                break;
            case QueueCounted counted:
                foreach (var lane in memory.Reading.Differing(counted.Counts, now))
                {
                    reader.Read(lane, memory.Reading.Begin(lane), cancellationToken);
                }

                break;
            case PageRead { Jobs: null } page:
                QueueReading.Abandon(page.Lane);
                break;
            case PageRead page:
                if (memory.Reading.Continue(page.Lane, page.Jobs, now) is { } next)
                {
                    reader.Read(page.Lane, next, cancellationToken);
                }

                break;
            case PlacementRead placement:
                Apply(placement, now, cancellationToken);
                break;
            case JobsRecalled recalled:
                foreach (var job in recalled.Jobs)
                {
                    memory.Settler.Recalled(job, now);
                }

                break;
            case HealthSaved health:
                memory.Snapshots.NoteSaved(health.Saved);
                break;
            case TenantsRead read:
                foreach (var tenant in read.Tenants)
                {
                    memory.Index.TenantOf(tenant.Id).Weight = tenant.Weight;
                }

                break;
        }
    }

    private void Apply(PlacementRead placement, DateTimeOffset now, CancellationToken cancellationToken)
    {
        memory.Controls.Apply(placement.Controls);
        if (memory.Accounts.Apply(placement.Limits, now))
        {
            memory.Index.ApplyAccounts();
        }

        recaller.Recall(memory.Controls.ToRecall(), cancellationToken);
        if (memory.Snapshots.TakeChanged(now) is { Count: > 0 } changed)
        {
            saver.Save(changed, cancellationToken);
        }
    }

    private void Dispatch(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (pause.IsOn(now) || !bus.IsConnected)
        {
            return;
        }

        var started = time.GetTimestamp();
        var planned = 0;
        do
        {
            if (claims.HasRoom)
            {
                planned += memory.Planner.Plan(claims.Open, options.RoundSize, now);
            }
        } while (claims.TrySend(cancellationToken));

        if (planned > 0)
        {
            metrics.Decided(planned, time.GetElapsedTime(started));
        }
    }

    private void End(ClaimEnded claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (claim.Claimed is null)
        {
            pause.NoteFailure(now);
        }
        else
        {
            pause.NoteSuccess();
        }

        var dispatched = new List<IndexedJob>(claim.Round.Count);
        var resendAt = (now + options.DispatchOverdue).UtcTicks;
        foreach (var job in claim.Round)
        {
            if (claim.Claimed is not null && claim.Claimed.Contains(job.JobId) && job.State == IndexedState.Claiming)
            {
                memory.Index.EndClaim(job, resendAt, memory.InFlight.LastRead);
                dispatched.Add(job);
                continue;
            }

            memory.Settler.ReturnReservation(job, now);
            Drop(job, isKnown: claim.Claimed is not null);
        }

        publisher.Publish(dispatched, cancellationToken);
        metrics.Dispatched(dispatched.Count);
    }

    // Where the database answered, the row is cancelled, expired or has another fence. Where it did not, the job may still be queued.
    private void Drop(IndexedJob job, bool isKnown)
    {
        if (job.State != IndexedState.Claiming)
        {
            return;
        }

        if (isKnown)
        {
            memory.Index.Remove(job);
        }
        else
        {
            memory.Index.UndoClaim(job);
        }
    }

    private void Resend(List<IndexedJob> overdue, CancellationToken cancellationToken)
    {
        if (overdue.Count > 0 && bus.IsConnected)
        {
            publisher.Publish(overdue, cancellationToken);
            metrics.Resent(overdue.Count);
        }
    }

    private void ReadLowLanes(CancellationToken cancellationToken)
    {
        foreach (var lane in memory.Index.Incomplete)
        {
            if (memory.Reading.RunsLow(lane))
            {
                reader.Read(lane, memory.Reading.Begin(lane), cancellationToken);
            }
        }
    }

    private void SetTimer(DateTimeOffset? nextWaiting, DateTimeOffset now)
    {
        var wait = memory.Index.HasReady || claims.Open.Count > 0 ? CreditPoll : Timeout.InfiniteTimeSpan;
        if (nextWaiting is { } next)
        {
            var untilNext = next - now;
            wait = wait == Timeout.InfiniteTimeSpan || untilNext < wait ? untilNext : wait;
            wait = wait < ShortestWait ? ShortestWait : wait;
        }

        _timer?.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
