using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Controls and limits in memory.</summary>
internal sealed class FakePlacementStore : IPlacementStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ControlRecord> _controls = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Tenant, int? Key), LimitsRecord> _limits = [];

    public Task<IReadOnlyList<ControlRecord>> ReadControlsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ControlRecord>>([.. _controls.Values]);
        }
    }

    public Task SetControlAsync(ControlRecord control, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _controls[control.Target] = control;
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<LimitsRecord>> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<LimitsRecord>>([.. _limits.Values.Where(l => l.Limits is not null)]);
        }
    }

    public Task<bool> SetLimitsAsync(LimitsRecord limits, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _limits[(limits.TenantId, limits.ApiKeyId)] = limits;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<EndpointHealthRecord>> ReadHealthAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveHealthAsync(LeaderTerm term, IReadOnlyList<EndpointHealthRecord> records, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RecentUse>> ReadRecentUseAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SpendRecord>> ReadSpendAsync(DateOnly from, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
