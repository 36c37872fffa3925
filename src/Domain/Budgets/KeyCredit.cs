namespace InferenceBroker.Domain.Budgets;

/// <summary>What all endpoints of a provider's key share: the limits that the provider grants the key. Not thread safe.</summary>
public sealed class KeyCredit
{
    /// <summary>Counts also where the key has no limit of its own, so that one can be set later.</summary>
    public ConcurrencyWindow Window { get; } = new(int.MaxValue);

    /// <summary>Requests/min. Null: no limit.</summary>
    public TokenBucket? Requests { get; set; }

    /// <summary>Tokens/min, input and output together. Null: no limit.</summary>
    public TokenBucket? Tokens { get; set; }

    /// <summary>True where all limits have room together.</summary>
    public bool Has(int tokens, DateTimeOffset now) =>
        Window.HasRoom && (Requests is null || Requests.Has(1, now)) && (Tokens is null || Tokens.Has(tokens, now));
}
