using InferenceBroker.Domain.Routing;
using InferenceBroker.Providers.Known;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Makes up what the configuration leaves out: providers from API keys in the environment, else simulated ones; routes from known model names.</summary>
internal static class ProviderDiscovery
{
    private const string AnyModel = "*";
    private const string Reseller = "openrouter";

    public static Uri? AddressOf(string provider) => KnownProviders.Find(provider)?.BaseUrl;

    /// <summary>Adds what is missing to <paramref name="options"/> and says where the providers come from.</summary>
    public static ProviderSource Complete(BrokerOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var source = ProviderSource.File;
        if (options.Providers.Count == 0)
        {
            source = AddFromEnvironment(options, environment) ? ProviderSource.Environment : ProviderSource.Simulated;
        }

        if (source == ProviderSource.Simulated)
        {
            AddSimulated(options);
        }
        else if (options.Models.Count == 0)
        {
            AddRoutes(options);
        }

        return source;
    }

    private static bool AddFromEnvironment(BrokerOptions options, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var known in KnownProviders.All)
        {
            if (!string.IsNullOrWhiteSpace(environment.GetValueOrDefault(known.KeyVariable)))
            {
                options.Providers[known.Name] = new ProviderOptions
                {
                    Kind = ProviderKinds.OpenAI,
                    BaseUrl = known.BaseUrl,
                    Keys = [new KeyOptions { Value = $"env:{known.KeyVariable}" }],
                };
            }
        }

        return options.Providers.Count > 0;
    }

    /// <summary>Known model names go to the provider that has them, all other names to whoever may have them.</summary>
    private static void AddRoutes(BrokerOptions options)
    {
        foreach (var known in KnownProviders.All.Where(k => options.Providers.ContainsKey(k.Name)))
        {
            foreach (var prefix in known.ModelPrefixes)
            {
                options.Models[$"{prefix}{AnyModel}"] = RouteTo([known.Name]);
            }
        }

        var others = ProvidersOfAnyModel([.. options.Providers.Keys]);
        if (others.Count > 0)
        {
            options.Models[AnyModel] = RouteTo(others);
        }
    }

    /// <summary>
    /// The only provider, else OpenRouter, else all resellers: their models' names overlap, and one that does not have a model says so, which
    /// sends the job on to the next.
    /// </summary>
    private static IReadOnlyList<string> ProvidersOfAnyModel(IReadOnlyList<string> providers)
    {
        if (providers.Count == 1)
        {
            return providers;
        }

        return providers.Contains(Reseller) ? [Reseller] : [.. providers.Where(p => KnownProviders.Find(p) is { ModelPrefixes.Count: 0 })];
    }

    private static ModelOptions RouteTo(IReadOnlyList<string> providers) =>
        new() { Targets = [.. providers.Select(provider => new TargetOptions { Provider = provider })] };

    /// <summary>One that is quicker but fails now and then, and one that is steady: a failover is seen on the way.</summary>
    private static void AddSimulated(BrokerOptions options)
    {
        options.Providers["sim-a"] = Simulated(("latencyms", "300"), ("errorrate", "500=0.03,503=0.02,429=0.02,reset=0.015,cut=0.015"));
        options.Providers["sim-b"] = Simulated(("latencyms", "450"));
        if (options.Models.Count == 0)
        {
            options.Models[AnyModel] = new ModelOptions
            {
                Policy = RoutingPolicies.Weighted,
                Targets = [new TargetOptions { Provider = "sim-a", Weight = 70 }, new TargetOptions { Provider = "sim-b", Weight = 30 }],
            };
        }
    }

    private static ProviderOptions Simulated(params (string Name, string Value)[] settings) =>
        new() { Kind = ProviderKinds.Simulated, Settings = settings.ToDictionary(s => s.Name, s => s.Value) };
}
