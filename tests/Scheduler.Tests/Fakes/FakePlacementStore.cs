using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Keeps what it is given.</summary>
internal sealed class FakePlacementStore : IPlacementStore
{
    public Dictionary<string, EndpointHealthRecord> Health { get; } = [];

    public Dictionary<string, ControlRecord> Controls { get; } = [];

    public List<LimitsRecord> Limits { get; } = [];

    public List<RecentUse> RecentUse { get; } = [];

    public List<SpendRecord> Spend { get; } = [];

    public Task<IReadOnlyList<EndpointHealthRecord>> ReadHealthAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EndpointHealthRecord>>([.. Health.Values]);

    public Task SaveHealthAsync(LeaderTerm term, IReadOnlyList<EndpointHealthRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            Health[record.Endpoint] = record;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ControlRecord>> ReadControlsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ControlRecord>>([.. Controls.Values]);

    public Task SetControlAsync(ControlRecord control, CancellationToken cancellationToken)
    {
        Controls[control.Target] = control;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LimitsRecord>> ReadLimitsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LimitsRecord>>([.. Limits]);

    public Task<bool> SetLimitsAsync(LimitsRecord limits, CancellationToken cancellationToken)
    {
        Limits.RemoveAll(known => known.TenantId == limits.TenantId && known.ApiKeyId == limits.ApiKeyId);
        Limits.Add(limits);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<RecentUse>> ReadRecentUseAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecentUse>>([.. RecentUse.Where(use => use.Second >= since)]);

    public Task<IReadOnlyList<SpendRecord>> ReadSpendAsync(DateOnly from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SpendRecord>>([.. Spend.Where(record => record.Day >= from)]);
}
