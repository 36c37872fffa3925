using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>What few jobs ask for: kept apart, so that the many pay one reference for all of it.</summary>
internal sealed record JobWishes
{
    /// <summary>Nothing but what every job asks for.</summary>
    public static JobWishes None { get; } = new();

    /// <summary>Routes that the request names; null where there are none.</summary>
    public IReadOnlyList<string>? Fallbacks { get; init; }

    /// <summary>Where it may be served; null: anywhere.</summary>
    public PlacementNeeds? Placement { get; init; }

    /// <summary>Jobs with the same hash share a prompt that a provider may have cached; 0: none do.</summary>
    public long Affinity { get; init; } = AffinityTable.NoAffinity;

    /// <summary>Endpoints that failed it; null where there are none.</summary>
    public EndpointCredit[]? Tried { get; init; }

    /// <summary>What all its attempts together may cost, in billionths of a dollar; null: no limit.</summary>
    public long? MaxNanoUsd { get; init; }

    /// <summary>What its attempts have cost so far.</summary>
    public long SpentNanoUsd { get; init; }

    /// <summary>The same object for all jobs that ask for nothing.</summary>
    public static JobWishes Of(
        IReadOnlyList<string> fallbacks,
        PlacementNeeds? placement,
        long affinity,
        EndpointCredit[]? tried,
        long? maxNanoUsd,
        long spentNanoUsd
    )
    {
        if (fallbacks.Count == 0 && placement is null && affinity == AffinityTable.NoAffinity && tried is null && maxNanoUsd is null)
        {
            return None;
        }

        return new JobWishes
        {
            Fallbacks = fallbacks.Count == 0 ? null : fallbacks,
            Placement = placement,
            Affinity = affinity,
            Tried = tried,
            MaxNanoUsd = maxNanoUsd,
            SpentNanoUsd = spentNanoUsd,
        };
    }
}
