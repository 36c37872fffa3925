using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Domain.Routing;

/// <summary>One way to serve a route: a provider's model with its share.</summary>
/// <param name="Model">The upstream model's name; <c>*</c> passes the requested name through.</param>
/// <param name="Weight">The share of this target, above 0.</param>
public sealed record Target(string Provider, string Model, int Weight, TokenPrice Price)
{
    /// <summary>What the model can do; unless configured, everything.</summary>
    public Capabilities Capabilities { get; init; } = Capabilities.All;

    /// <summary>Input and output together. Null: unknown, no job is too long.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Where the model runs. Null: unknown.</summary>
    public string? Region { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The name that the provider is asked for.</summary>
    public string UpstreamModel(string requestedModel) => Model == "*" ? requestedModel : Model;
}
