using InferenceBroker.Domain.Budgets;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Budgets;

/// <summary>
/// The budgets of tenants and API keys. Those without limits have none, so that the many pay nothing for the few. Belongs to the dispatch loop:
/// not thread safe.
/// </summary>
internal sealed class AccountBook(BudgetSettings settings)
{
    private const decimal NanoPerUsd = 1_000_000_000m;

    // Buckets: nobody outside keeps a sliding window to be mirrored, and one costs 12 kB.
    private readonly BudgetSettings _settings = settings with { RateWindow = RateWindow.Bucket };

    private readonly Dictionary<int, Budget> _tenants = [];
    private readonly Dictionary<int, Budget> _keys = [];
    private readonly Dictionary<int, int> _batchCaps = [];
    private IReadOnlyList<LimitsRecord> _records = [];

    public Budget? TenantBudget(int tenantId) => _tenants.GetValueOrDefault(tenantId);

    public Budget? KeyBudget(int apiKeyId) => _keys.GetValueOrDefault(apiKeyId);

    /// <summary>Gives a group its budgets and its cap.</summary>
    public void Apply(JobGroup group)
    {
        var tenant = group.Lane.Tenant.Id;
        group.Account = new Account(TenantBudget(tenant), KeyBudget(group.ApiKeyId));
        group.InFlight.Limit = group.BatchHash == 0 ? int.MaxValue : _batchCaps.GetValueOrDefault(tenant, int.MaxValue);
    }

    /// <summary>Puts limits in force. False: they are the same as before.</summary>
    public bool Apply(IReadOnlyList<LimitsRecord> records, DateTimeOffset now)
    {
        if (_records.SequenceEqual(records))
        {
            return false;
        }

        var removed = _records.Where(old => records.All(record => record.TenantId != old.TenantId || record.ApiKeyId != old.ApiKeyId));
        foreach (var record in records.Concat(removed.Select(old => old with { Limits = null })).ToList())
        {
            Apply(record, now);
        }

        _records = records;
        return true;
    }

    /// <summary>For a new leader: what was used in the last minute.</summary>
    public void Replay(RecentUse use, in Spend call, DateTimeOffset startedAt, DateTimeOffset now)
    {
        TenantBudget(use.TenantId)?.Replay(call, startedAt, now);
        KeyBudget(use.ApiKeyId)?.Replay(call, startedAt, now);
    }

    /// <summary>For a new leader: what was spent in this month.</summary>
    public void Restore(IReadOnlyList<SpendRecord> spend, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        Restore(_tenants, spend.ToLookup(record => record.TenantId), today, now);
        Restore(_keys, spend.ToLookup(record => record.ApiKeyId), today, now);
    }

    private static void Restore(Dictionary<int, Budget> budgets, ILookup<int, SpendRecord> spend, DateOnly today, DateTimeOffset now)
    {
        foreach (var (id, budget) in budgets)
        {
            var month = spend[id].Where(record => record.Day.Year == today.Year && record.Day.Month == today.Month).ToList();
            budget.Money?.Restore(
                month.Where(record => record.Day == today).Sum(record => record.CostNanoUsd),
                month.Sum(record => record.CostNanoUsd),
                now
            );
        }
    }

    private void Apply(LimitsRecord record, DateTimeOffset now)
    {
        var limits = TenantLimits.Parse(record.Limits);
        var budget = record.ApiKeyId is { } key
            ? BudgetOf(_keys, key, BudgetScope.ApiKey)
            : BudgetOf(_tenants, record.TenantId, BudgetScope.Tenant);
        budget.Apply(
            new BudgetLimits
            {
                Concurrency = limits.MaxInFlight,
                RequestsPerMinute = limits.RequestsPerMinute,
                TokensPerMinute = limits.TokensPerMinute,
                InputTokensPerMinute = limits.InputTokensPerMinute,
                OutputTokensPerMinute = limits.OutputTokensPerMinute,
                NanoUsdPerDay = Nano(limits.UsdPerDay),
                NanoUsdPerMonth = Nano(limits.UsdPerMonth),
            },
            _settings,
            now
        );
        if (record.ApiKeyId is null)
        {
            _batchCaps[record.TenantId] = limits.MaxInFlightPerBatch ?? int.MaxValue;
        }
    }

    private static long? Nano(decimal? usd) => usd is { } amount ? (long)Math.Min(amount * NanoPerUsd, long.MaxValue) : null;

    private static Budget BudgetOf(Dictionary<int, Budget> budgets, int id, BudgetScope scope)
    {
        if (!budgets.TryGetValue(id, out var budget))
        {
            budget = new Budget(scope, scope == BudgetScope.Tenant ? "the tenant" : $"API key {id}");
            budgets.Add(id, budget);
        }

        return budget;
    }
}
