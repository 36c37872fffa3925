namespace InferenceBroker.Domain.Routing;

/// <summary>One key of a provider with the limits that the provider grants it. The secret itself is not here.</summary>
/// <param name="Name">Unique within the provider; no slash.</param>
/// <param name="RequestsPerMinute">Null: no limit.</param>
/// <param name="TokensPerMinute">Input and output together. Null: no limit.</param>
/// <param name="Concurrency">Calls at the same time. Null: only the provider's limit holds.</param>
/// <param name="Weight">The share of this key among the provider's keys, above 0.</param>
public sealed record ProviderKey(string Name, int? RequestsPerMinute, int? TokensPerMinute, int? Concurrency, int Weight)
{
    /// <summary>Null: no limit of its own.</summary>
    public int? InputTokensPerMinute { get; init; }

    /// <summary>Null: no limit of its own.</summary>
    public int? OutputTokensPerMinute { get; init; }
}
