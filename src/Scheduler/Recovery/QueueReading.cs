using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Settlement;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>
/// Reads a lane's queue from the database into memory, page by page: at take-over, when a lane that did not fit runs low, and when memory and
/// database differ (lost hints, cancelled jobs). Every reading starts with the oldest job, so that it also finds what was missed before.
/// Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class QueueReading(JobIndex index, Settler settler, SchedulerOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public QueuePage Begin(TenantLane lane)
    {
        lane.IsReading = true;
        lane.Reading++;
        lane.FoundMissing = 0;
        lane.NotKept = 0;
        return PageAfter(lane, after: null);
    }

    /// <summary>Takes a page in and returns the next one to read, or null where the reading is complete.</summary>
    public QueuePage? Continue(TenantLane lane, IReadOnlyList<QueuedJob> page, DateTimeOffset now)
    {
        foreach (var queued in page)
        {
            if (lane.Count >= options.IndexCapacity && index.Find(queued.Id.Value) is null)
            {
                lane.HasMore = true;
                lane.CompleteTo = queued.Id.Value;
                End(lane, now);
                return null;
            }

            if (settler.Admit(queued, now))
            {
                lane.FoundMissing++;
            }
        }

        if (page.Count >= options.PageSize)
        {
            return PageAfter(lane, page[^1].Id);
        }

        lane.HasMore = false;
        lane.FoundMissing += index.RemoveUnseen(lane);
        End(lane, now);
        return null;
    }

    /// <summary>The database did not answer: the next check begins a new reading.</summary>
    public static void Abandon(TenantLane lane) => lane.IsReading = false;

    /// <summary>True where a lane that did not fit has room again.</summary>
    public bool RunsLow(TenantLane lane) => lane.HasMore && !lane.IsReading && lane.Count < options.IndexCapacity / 2;

    /// <summary>Compares memory with the database's counts and returns the lanes to read.</summary>
    public List<TenantLane> Differing(IReadOnlyList<QueueCount> counts, DateTimeOffset now)
    {
        var stored = counts.ToDictionary(c => index.TenantOf(c.TenantId).LaneOf(c.Lane), c => c.Jobs);
        var lanes = index.Tenants.SelectMany(t => t.Lanes).Where(lane => lane.Count > 0 || stored.ContainsKey(lane));
        return lanes.Where(lane => Differs(lane, stored.GetValueOrDefault(lane), now)).ToList();
    }

    // Hints on their way make a difference for a moment; a lost one makes it stay. A lane of one page is cheap to read each time;
    // a deep one is read less and less often while nothing is found, and now and then even if the numbers agree by chance.
    private bool Differs(TenantLane lane, long stored, DateTimeOffset now)
    {
        lane.Mismatches = stored == lane.Count ? 0 : lane.Mismatches + 1;
        if (lane.IsReading || lane.HasMore)
        {
            return RunsLow(lane);
        }

        var isCheap = stored <= options.PageSize;
        return lane.Mismatches >= 2 ? isCheap || lane.NextReading <= now : lane.Count > 0 && lane.NextReading + LongestPause <= now;
    }

    private static void End(TenantLane lane, DateTimeOffset now)
    {
        lane.IsReading = false;
        lane.Mismatches = 0;
        var longer = lane.ReadingPause * 2;
        lane.ReadingPause =
            lane.FoundMissing > 0 || longer < FirstPause ? FirstPause
            : longer < LongestPause ? longer
            : LongestPause;
        lane.NextReading = now + lane.ReadingPause;
    }

    private QueuePage PageAfter(TenantLane lane, JobId? after) => new(lane.Tenant.Id, lane.Lane, after, options.PageSize);
}
