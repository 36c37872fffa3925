using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Persistence.Placement;

/// <summary>What placement needs besides the jobs: health of endpoints, the operator's controls, limits, and past use. Thread safe.</summary>
public interface IPlacementStore
{
    Task<IReadOnlyList<EndpointHealthRecord>> ReadHealthAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the records of these endpoints.</summary>
    /// <exception cref="TermOverException">Another leader acts; nothing was written.</exception>
    Task SaveHealthAsync(LeaderTerm term, IReadOnlyList<EndpointHealthRecord> records, CancellationToken cancellationToken);

    Task<IReadOnlyList<ControlRecord>> ReadControlsAsync(CancellationToken cancellationToken);

    Task SetControlAsync(ControlRecord control, CancellationToken cancellationToken);

    /// <summary>The limits of all tenants and keys that have any.</summary>
    Task<IReadOnlyList<LimitsRecord>> ReadLimitsAsync(CancellationToken cancellationToken);

    /// <summary>False: no such tenant or key.</summary>
    Task<bool> SetLimitsAsync(LimitsRecord limits, CancellationToken cancellationToken);

    /// <summary>The use by attempts that ended at <paramref name="since"/> or later, by endpoint, key and second of their start.</summary>
    Task<IReadOnlyList<RecentUse>> ReadRecentUseAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What was spent on <paramref name="from"/> and later.</summary>
    Task<IReadOnlyList<SpendRecord>> ReadSpendAsync(DateOnly from, CancellationToken cancellationToken);
}
