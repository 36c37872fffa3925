using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>Makes the catalog of validated options.</summary>
internal static class CatalogBuilder
{
    private static readonly ProviderKey NoCredentials = new(KeyOptions.DefaultName, null, null, null, 1);

    public static Catalog Build(BrokerOptions options) =>
        new(
            options.Providers.ToDictionary(p => p.Key, p => ToProvider(p.Key, p.Value)),
            [.. options.Models.Select(m => ToRoute(m.Key, m.Value))],
            ToLimits(options.Limits)
        )
        {
            Rules = new RuleSet([.. options.Rules.Select(r => new RoutingRule(r.When, r.Use))]),
        };

    private static ProviderDefinition ToProvider(string name, ProviderOptions provider) =>
        new(name, provider.Kind, provider.Concurrency, provider.Keys.Count == 0 ? [NoCredentials] : [.. provider.Keys.Select(ToKey)]);

    private static ProviderKey ToKey(KeyOptions key) =>
        new(key.Name, key.RequestsPerMinute, key.TokensPerMinute, key.Concurrency, key.Weight)
        {
            InputTokensPerMinute = key.InputTokensPerMinute,
            OutputTokensPerMinute = key.OutputTokensPerMinute,
        };

    private static ModelRoute ToRoute(string name, ModelOptions model) =>
        new(name, model.Policy, [.. model.Targets.Select(ToTarget)], model.Fallbacks)
        {
            PolicyWeights = ToWeights(model.PolicyWeights),
            AffinityMargin = model.Affinity ? model.AffinityMargin : null,
            LargerContext = model.LargerContext,
            FallbackOnContentFilter = model.FallbackOnContentFilter,
        };

    private static AdaptiveWeights ToWeights(PolicyWeightsOptions weights) =>
        new((double)weights.Errors, (double)weights.Latency, (double)weights.Utilisation, (double)weights.Cost);

    private static Target ToTarget(TargetOptions target) =>
        new(target.Provider, target.Model, target.Weight, new TokenPrice(target.InputPricePerMillion, target.OutputPricePerMillion))
        {
            Capabilities = CapabilitiesOf(target),
            ContextTokens = target.ContextTokens,
            Region = target.Region,
            Tags = target.Tags,
        };

    private static Capabilities CapabilitiesOf(TargetOptions target) =>
        (target.Tools ? Capabilities.Tools : Capabilities.None)
        | (target.Vision ? Capabilities.Vision : Capabilities.None)
        | (target.JsonSchema ? Capabilities.JsonSchema : Capabilities.None);

    private static JobLimits ToLimits(LimitsOptions limits) =>
        new()
        {
            MaxAttempts = limits.MaxAttempts,
            AttemptTimeout = TimeSpan.FromSeconds(limits.AttemptTimeoutSeconds),
            FirstTokenTimeout = TimeSpan.FromSeconds(limits.FirstTokenTimeoutSeconds),
            IdleTimeout = TimeSpan.FromSeconds(limits.IdleTimeoutSeconds),
            ConnectTimeout = TimeSpan.FromSeconds(limits.ConnectTimeoutSeconds),
        };
}
