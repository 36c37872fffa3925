using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>What the scheduler keeps of a queued or in-flight job: small, since there may be a million.</summary>
internal sealed class IndexedJob(Guid id, TenantLane lane, ModelState? model)
{
    public Guid Id { get; } = id;

    public TenantLane Lane { get; } = lane;

    /// <summary>Null for a job that was found in flight at take-over.</summary>
    public ModelState? Model { get; set; } = model;

    /// <summary>The queue that holds it; null while it waits or is in flight.</summary>
    public JobQueue? Queue { get; set; }

    /// <summary>The endpoint whose credit it holds.</summary>
    public EndpointCredit? Endpoint { get; set; }

    /// <summary>Endpoints that failed it; null where there are none.</summary>
    public EndpointCredit[]? Tried { get; init; }

    public JobWishes Wishes { get; init; } = JobWishes.None;

    /// <summary>The fence that the row has, as far as the scheduler knows.</summary>
    public long Fence { get; set; }

    /// <summary>When it is due, in ticks: the place in its queue.</summary>
    public long Due { get; init; }

    /// <summary>In ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long Deadline { get; init; } = long.MaxValue;

    /// <summary>In flight: when its message is sent again unless a worker has taken it, in ticks.</summary>
    public long ResendAt { get; set; }

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>The number of the last read of the database that had it.</summary>
    public int SeenIn { get; set; }

    /// <summary>In flight: how many reads in a row did not have it.</summary>
    public byte Missed { get; set; }

    public byte Resends { get; set; }

    public IndexedState State { get; set; }

    /// <summary>What the model must be able to do.</summary>
    public Capabilities Capabilities { get; init; }

    public JobId JobId => new(Id);

    /// <summary>What it reserves.</summary>
    public int Tokens => (int)Math.Min((long)InputTokens + OutputTokens, int.MaxValue);

    public JobNeeds Needs => new(Capabilities, InputTokens, Math.Max(Wishes.MaxOutputTokens, OutputTokens), Wishes.Placement);

    public bool IsQueued => State <= IndexedState.Claiming;
}
