using InferenceBroker.Scheduler.Budgets;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>The tenants that have had jobs, with the groups of their jobs. Belongs to the dispatch loop: not thread safe.</summary>
internal sealed class TenantTable(AccountBook accounts)
{
    private readonly Dictionary<int, TenantState> _tenants = [];
    private readonly HashSet<TenantLane> _incomplete = [];

    public IReadOnlyCollection<TenantState> All => _tenants.Values;

    /// <summary>Lanes of which the database holds more queued jobs than memory.</summary>
    public IReadOnlyCollection<TenantLane> Incomplete => _incomplete;

    public TenantState Of(int id)
    {
        if (!_tenants.TryGetValue(id, out var tenant))
        {
            tenant = new TenantState(id, _incomplete) { Budget = accounts.TenantBudget(id) };
            _tenants.Add(id, tenant);
        }

        return tenant;
    }

    public JobGroup GroupOf(TenantLane lane, int apiKeyId, long batchHash)
    {
        if (lane.FindGroup(apiKeyId, batchHash) is { } known)
        {
            return known;
        }

        var group = lane.AddGroup(apiKeyId, batchHash);
        accounts.Apply(group);
        return group;
    }

    /// <summary>Puts limits in force that have changed.</summary>
    public void ApplyAccounts()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.Budget = accounts.TenantBudget(tenant.Id);
            foreach (var group in tenant.Lanes.SelectMany(lane => lane.Groups))
            {
                accounts.Apply(group);
            }
        }
    }
}
