using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// A tenant's queued jobs of one lane. Where there are too many for memory, the oldest are held and the others are read from the database
/// once there is room.
/// </summary>
internal sealed class TenantLane(TenantState tenant, Lane lane, HashSet<TenantLane> incomplete) : FairMember
{
    private readonly Dictionary<(int ApiKeyId, long BatchHash), JobGroup> _groups = [];
    private bool _hasMore;

    public TenantState Tenant { get; } = tenant;

    public Lane Lane { get; } = lane;

    /// <summary>Jobs in memory that the database has as queued.</summary>
    public int Count { get; set; }

    /// <summary>The database holds queued jobs that memory does not.</summary>
    public bool HasMore
    {
        get => _hasMore;
        set
        {
            _hasMore = value;
            if (value)
            {
                incomplete.Add(this);
            }
            else
            {
                incomplete.Remove(this);
            }
        }
    }

    /// <summary>Those with ready jobs, in the order of their turns.</summary>
    public FairHeap<JobGroup> Turns { get; } = new();

    public IReadOnlyCollection<JobGroup> Groups => _groups.Values;

    /// <summary>Up to this id memory is complete; only of use while <see cref="HasMore"/>.</summary>
    public Guid CompleteTo { get; set; }

    public Guid LastId { get; set; }

    /// <summary>Jobs that were announced and not kept since the last read.</summary>
    public int NotKept { get; set; }

    /// <summary>The queue is being read.</summary>
    public bool IsReading { get; set; }

    /// <summary>The number of the last reading of this lane.</summary>
    public int Reading { get; set; }

    /// <summary>Jobs that the reading found and memory did not have.</summary>
    public int FoundMissing { get; set; }

    /// <summary>Counts in a row that differed from memory.</summary>
    public int Mismatches { get; set; }

    /// <summary>No comparison by reading before.</summary>
    public DateTimeOffset NextReading { get; set; }

    /// <summary>Grows while readings find nothing, since under load the counts differ all the time.</summary>
    public TimeSpan ReadingPause { get; set; }

    public JobGroup? FindGroup(int apiKeyId, long batchHash) => _groups.GetValueOrDefault((apiKeyId, batchHash));

    public JobGroup AddGroup(int apiKeyId, long batchHash)
    {
        var group = new JobGroup(this, apiKeyId, batchHash);
        _groups.Add((apiKeyId, batchHash), group);
        return group;
    }

    /// <summary>Forgets a group without jobs; one that comes again starts where the others are.</summary>
    public void Forget(JobGroup group) => _groups.Remove((group.ApiKeyId, group.BatchHash));
}
