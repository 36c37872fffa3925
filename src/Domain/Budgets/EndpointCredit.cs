using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// What an endpoint may still take: reserved by estimate before a dispatch, all limits together or none, and settled by usage afterwards.
/// Not thread safe.
/// </summary>
public sealed class EndpointCredit(EndpointId id, ProviderCredit provider, KeyCredit key)
{
    public EndpointId Id { get; } = id;

    /// <summary><c>provider/key/model</c>.</summary>
    public string Name { get; } = id.ToString();

    public ProviderCredit Provider { get; } = provider;

    public KeyCredit Key { get; } = key;

    /// <summary>Retries may not be more than a share of its calls.</summary>
    public RetryBudget Retries { get; } = new();

    /// <summary>Attempts dispatched to this endpoint and not ended.</summary>
    public int InFlight { get; private set; }

    /// <summary>The gate: the provider asked to be left alone until then.</summary>
    public DateTimeOffset ClosedUntil { get; private set; } = DateTimeOffset.MinValue;

    public bool Has(int tokens, DateTimeOffset now) => Has(new Spend(tokens, 0), now);

    public bool Has(in Spend spend, DateTimeOffset now) => ClosedUntil <= now && Provider.IsOpen(now) && Key.Has(spend, now);

    /// <summary>True where there is room beside what is kept for other lanes.</summary>
    public bool Has(in Spend spend, Lane lane, LaneDemand demand, DateTimeOffset now) =>
        Provider.Has(lane, demand, now)
        && HasOwn(spend, now)
        && (!LaneReserve.Keeps(lane, demand, now) || HasFor(lane, spend, demand, now));

    /// <summary>The same without the provider's limits and without what is kept for other lanes.</summary>
    public bool HasOwn(in Spend spend, DateTimeOffset now) => ClosedUntil <= now && Key.Has(spend, now);

    /// <summary>True where the key's tokens leave enough to the other lanes.</summary>
    public bool HasFor(Lane lane, in Spend spend, LaneDemand demand, DateTimeOffset now) =>
        Key.Tokens is not { } tokens || Key.Lanes.Allows(lane, spend.Tokens, tokens.Level(now), tokens.PerMinute, demand, now);

    /// <summary>The first limit without room; null: there is room. For the answer to a question.</summary>
    public BudgetRefusal? Refusal(in Spend spend, DateTimeOffset now)
    {
        if (ClosedUntil > now)
        {
            return new BudgetRefusal(BudgetScope.Endpoint, Name, BudgetLimit.Gate, ClosedUntil);
        }

        if (Provider.PausedUntil > now)
        {
            return new BudgetRefusal(BudgetScope.Provider, Provider.Name, BudgetLimit.Gate, Provider.PausedUntil);
        }

        if (!Provider.Window.HasRoom)
        {
            return new BudgetRefusal(BudgetScope.Provider, Provider.Name, BudgetLimit.Concurrency, Until: null);
        }

        return Key.Budget.Refusal(spend, now)
            ?? (Key.Has(spend, now) ? null : new BudgetRefusal(BudgetScope.Key, Key.Budget.Name, BudgetLimit.Reserve, Until: null));
    }

    /// <summary>Takes credit, whether or not there is any: after a take-over what is in flight counts, even past the limit.</summary>
    public void Reserve(int tokens) => Reserve(new Spend(tokens, 0), takenAt: null);

    /// <inheritdoc cref="Reserve(int)"/>
    public void Reserve(in Spend spend, DateTimeOffset? takenAt)
    {
        InFlight++;
        Provider.Window.Enter();
        Key.Budget.Reserve(spend, takenAt);
        Key.Saving.NoteTaken(spend);
    }

    /// <summary>The attempt ended. Unknown usage (null) keeps the reservation.</summary>
    public void Settle(int reserved, int? used) =>
        Settle(
            new Spend(reserved, 0),
            takenAt: null,
            new Spend(used ?? reserved, 0),
            startedAt: null,
            wasStarted: false,
            DateTimeOffset.MinValue
        );

    /// <summary>The attempt ended.</summary>
    /// <param name="startedAt">When the call began at the provider; null where unknown.</param>
    /// <param name="wasStarted">Its budgets were told of the start before.</param>
    public void Settle(
        in Spend reserved,
        DateTimeOffset? takenAt,
        in Spend used,
        DateTimeOffset? startedAt,
        bool wasStarted,
        DateTimeOffset now
    )
    {
        Leave();
        if (startedAt is { } started)
        {
            Provider.NoteDuration(now - started);
        }

        Key.Budget.Settle(reserved, takenAt, used, startedAt, wasStarted, now);
    }

    /// <summary>The attempt was never started: everything comes back.</summary>
    public void Cancel(int reserved) => Cancel(new Spend(reserved, 0), takenAt: null);

    /// <inheritdoc cref="Cancel(int)"/>
    public void Cancel(in Spend reserved, DateTimeOffset? takenAt)
    {
        Leave();
        Key.Budget.Return(reserved, takenAt);
    }

    /// <summary>Closes the gate; a longer closure stands.</summary>
    public void Close(DateTimeOffset until)
    {
        if (until > ClosedUntil)
        {
            ClosedUntil = until;
        }
    }

    private void Leave()
    {
        InFlight--;
        Provider.Window.Leave();
    }
}
