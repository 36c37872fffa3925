using InferenceBroker.Domain.Fairness;

namespace InferenceBroker.Domain.Budgets;

/// <summary>What all endpoints of a provider's key share: the limits that the provider grants the key. Not thread safe.</summary>
/// <param name="name">For people.</param>
public sealed class KeyCredit(string name = "")
{
    public Budget Budget { get; } = new(BudgetScope.Key, name);

    /// <summary>Counts also where the key has no limit of its own, so that one can be set later.</summary>
    public ConcurrencyWindow Window => Budget.Window;

    /// <summary>Requests/min. Null: no limit.</summary>
    public IMinuteLimit? Requests => Budget.Requests;

    /// <summary>Tokens/min, input and output together. Null: no limit.</summary>
    public IMinuteLimit? Tokens => Budget.Tokens;

    /// <summary>What of the tokens is kept for which lanes.</summary>
    public LaneReserve Lanes { get; } = LaneReserve.OfRate();

    /// <summary>What is saved up for a large job.</summary>
    public Saving Saving { get; } = new();

    /// <summary>True where all limits have room together.</summary>
    public bool Has(int tokens, DateTimeOffset now) => Has(new Spend(tokens, 0), now);

    /// <summary>True where all limits have room together, beside what is saved up for a larger job.</summary>
    public bool Has(in Spend spend, DateTimeOffset now) =>
        Budget.Has(spend, now) && (!Saving.HoldsBack(spend, now) || Budget.Has(Saving.With(spend), now));

    /// <summary>The provider said what is left.</summary>
    public void Correct(in RateLimitView view, DateTimeOffset now)
    {
        Correct(Budget.Requests, view.RemainingRequests, view.RequestsResetAt, view.ObservedAt, now);
        Correct(Budget.Tokens, view.RemainingTokens, view.TokensResetAt, view.ObservedAt, now);
        Correct(Budget.InputTokens, view.RemainingInputTokens, view.TokensResetAt, view.ObservedAt, now);
        Correct(Budget.OutputTokens, view.RemainingOutputTokens, view.TokensResetAt, view.ObservedAt, now);
    }

    private static void Correct(
        IMinuteLimit? limit,
        long? remaining,
        DateTimeOffset? resetAt,
        DateTimeOffset observedAt,
        DateTimeOffset now
    )
    {
        if (limit is not null && remaining is { } left)
        {
            limit.Correct(left, observedAt, resetAt ?? observedAt + TimeSpan.FromMinutes(1), now);
        }
    }
}
