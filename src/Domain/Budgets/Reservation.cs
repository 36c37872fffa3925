namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// What one attempt holds of all its budgets (endpoint, key, provider, tenant, API key), taken together or not at all. To be ended once, by
/// <see cref="Settle"/> or <see cref="Return"/>. Not thread safe.
/// </summary>
public readonly record struct Reservation(EndpointCredit Endpoint, Account Account, Spend Spend, DateTimeOffset TakenAt)
{
    /// <summary>Set once the call is known to have begun at the provider.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>True where every limit has room.</summary>
    public static bool HasRoom(EndpointCredit endpoint, in Account account, in Spend spend, DateTimeOffset now) =>
        endpoint.Has(spend, now)
        && (account.Tenant is null || account.Tenant.Has(spend, now))
        && (account.ApiKey is null || account.ApiKey.Has(spend, now));

    /// <summary>Takes from all limits, or from none. <see cref="Refusal"/> tells why not.</summary>
    public static Reservation? TryTake(EndpointCredit endpoint, in Account account, in Spend spend, DateTimeOffset now) =>
        HasRoom(endpoint, account, spend, now) ? Take(endpoint, account, spend, now) : null;

    /// <summary>Takes from all limits, whether or not there is room: for what a new leader finds in flight.</summary>
    public static Reservation Take(EndpointCredit endpoint, in Account account, in Spend spend, DateTimeOffset now)
    {
        endpoint.Reserve(spend, now);
        account.Tenant?.Reserve(spend, now);
        account.ApiKey?.Reserve(spend, now);
        return new Reservation(endpoint, account, spend, now);
    }

    /// <summary>The first limit without room, the caller's own before the endpoint's; null: there is room.</summary>
    public static BudgetRefusal? Refusal(EndpointCredit endpoint, in Account account, in Spend spend, DateTimeOffset now) =>
        account.ApiKey?.Refusal(spend, now) ?? account.Tenant?.Refusal(spend, now) ?? endpoint.Refusal(spend, now);

    /// <summary>Whether a job may spend as much again: its <c>max_cost</c> is checked before the money is gone.</summary>
    /// <param name="spent">What its earlier attempts have cost.</param>
    public static BudgetRefusal? MaxCost(string job, long? maxNanoUsd, long spent, in Spend spend) =>
        maxNanoUsd is { } most && spent + spend.NanoUsd > most
            ? new BudgetRefusal(BudgetScope.Job, job, BudgetLimit.MaxCost, Until: null)
            : null;

    /// <summary>The call has begun at the provider: it leaves the sliding windows a minute after that. Optional, for long calls.</summary>
    public Reservation Start(DateTimeOffset startedAt)
    {
        if (StartedAt is not null)
        {
            return this;
        }

        Endpoint.Key.Budget.Start(Spend, TakenAt, startedAt);
        Account.Tenant?.Start(Spend, TakenAt, startedAt);
        Account.ApiKey?.Start(Spend, TakenAt, startedAt);
        return this with { StartedAt = startedAt };
    }

    /// <summary>The attempt ended.</summary>
    /// <param name="used">Null: unknown, the reservation stands.</param>
    /// <param name="startedAt">When the call began at the provider; null where unknown.</param>
    public void Settle(Spend? used, DateTimeOffset? startedAt, DateTimeOffset now)
    {
        var spent = used ?? Spend;
        var start = StartedAt ?? startedAt;
        var wasStarted = StartedAt is not null;
        Endpoint.Settle(Spend, TakenAt, spent, start, wasStarted, now);
        Account.Tenant?.Settle(Spend, TakenAt, spent, start, wasStarted, now);
        Account.ApiKey?.Settle(Spend, TakenAt, spent, start, wasStarted, now);
    }

    /// <summary>The attempt never started: everything comes back. Not for one that <see cref="Start"/> was called for.</summary>
    public void Return()
    {
        Endpoint.Cancel(Spend, TakenAt);
        Account.Tenant?.Return(Spend, TakenAt);
        Account.ApiKey?.Return(Spend, TakenAt);
    }
}
