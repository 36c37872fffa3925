using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>What the scheduler keeps of a queued or in-flight job: small, since there may be a million.</summary>
internal sealed class IndexedJob(Guid id, JobGroup group, ModelState? model)
{
    public Guid Id { get; } = id;

    public JobGroup Group { get; set; } = group;

    /// <summary>Null for a job that was found in flight at take-over.</summary>
    public ModelState? Model { get; set; } = model;

    /// <summary>The queue that holds it; null while it waits or is in flight.</summary>
    public JobQueue? Queue { get; set; }

    /// <summary>What it holds of its budgets; null while it holds nothing.</summary>
    public Flight? Flight { get; set; }

    public JobWishes Wishes { get; init; } = JobWishes.None;

    /// <summary>The fence that the row has, as far as the scheduler knows.</summary>
    public long Fence { get; set; }

    /// <summary>When it is due, in ticks: the place in its queue.</summary>
    public long Due { get; init; }

    /// <summary>In ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long Deadline { get; init; } = long.MaxValue;

    public int InputTokens { get; init; }

    /// <summary>The longest answer that the request allows; below zero: it does not say.</summary>
    public int MaxOutputTokens { get; init; }

    /// <summary>The number of the last read of the database that had it.</summary>
    public int SeenIn { get; set; }

    public IndexedState State { get; set; }

    /// <summary>Its call may be made again whatever became of the first one.</summary>
    public bool IsReplaySafe { get; init; }

    /// <summary>What the model must be able to do.</summary>
    public Capabilities Capabilities { get; init; }

    public TenantLane Lane => Group.Lane;

    /// <summary>The endpoint whose credit it holds.</summary>
    public EndpointCredit? Endpoint => Flight?.Endpoint;

    /// <summary>Endpoints that failed it; null where there are none.</summary>
    public EndpointCredit[]? Tried => Wishes.Tried;

    public JobId JobId => new(Id);

    /// <summary>What it is expected to use, by what its model's answers have been like.</summary>
    public JobEstimate Estimate =>
        new(
            InputTokens,
            Model is null ? Math.Max(0, MaxOutputTokens) : Model.Answers.Reserve(MaxOutputTokens < 0 ? null : MaxOutputTokens)
        );

    /// <summary>
    /// What it will use on average. Turns are charged by it, not by the estimate: that one is made to be enough nearly always, and a tenant with
    /// many calls under way would seem to have had far more than it has.
    /// </summary>
    public int ExpectedTokens =>
        InputTokens
        + (int)(Model is null ? Math.Max(0, MaxOutputTokens) : Model.Answers.Expect(MaxOutputTokens < 0 ? null : MaxOutputTokens));

    public JobNeeds Needs =>
        new(Capabilities, InputTokens, MaxOutputTokens < 0 ? Estimate.OutputTokens : MaxOutputTokens, Wishes.Placement);

    public bool IsQueued => State <= IndexedState.Claiming;
}
