namespace InferenceBroker.Hosting.Configuration;

/// <summary>What <c>broker.json</c> says about providers, models and limits, with the overrides of the environment.</summary>
internal sealed class BrokerOptions
{
    /// <summary>Provider name → provider. Empty: providers are looked for in the environment.</summary>
    public Dictionary<string, ProviderOptions> Providers { get; } = [];

    /// <summary>Public model name, or a pattern that ends with <c>*</c> → route. Empty: routes are made from the providers' known models.</summary>
    public Dictionary<string, ModelOptions> Models { get; } = [];

    /// <summary>Which requests go to another route than that of their model; the first that fits decides. Default: none.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>Limits of every job.</summary>
    public LimitsOptions Limits { get; init; } = new();
}
