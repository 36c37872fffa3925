using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Makes up what the configuration leaves out: providers from API keys in the environment, else simulated ones; routes from known model names.</summary>
internal static class ProviderDiscovery
{
    private const string AnyModel = "*";

    // csharpier-ignore
    private static readonly KnownProvider[] Known =
    [
        new("openai",     new("https://api.openai.com/v1"),             "OPENAI_API_KEY",     ["gpt-", "chatgpt-", "o1", "o3", "o4", "text-embedding-"]),
        new("openrouter", new("https://openrouter.ai/api/v1"),          "OPENROUTER_API_KEY", []),
        new("groq",       new("https://api.groq.com/openai/v1"),        "GROQ_API_KEY",       ["llama-", "meta-llama/"]),
        new("mistral",    new("https://api.mistral.ai/v1"),             "MISTRAL_API_KEY",    ["mistral-", "ministral-", "codestral-", "magistral-", "pixtral-"]),
        new("deepseek",   new("https://api.deepseek.com/v1"),           "DEEPSEEK_API_KEY",   ["deepseek-"]),
        new("xai",        new("https://api.x.ai/v1"),                   "XAI_API_KEY",        ["grok-"]),
        new("together",   new("https://api.together.xyz/v1"),           "TOGETHER_API_KEY",   []),
        new("fireworks",  new("https://api.fireworks.ai/inference/v1"), "FIREWORKS_API_KEY",  ["accounts/fireworks/"]),
    ];

    public static Uri? AddressOf(string provider) => Array.Find(Known, k => k.Name == provider)?.BaseUrl;

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
        foreach (var known in Known.Where(k => environment.TryGetValue(k.Variable, out var key) && !string.IsNullOrWhiteSpace(key)))
        {
            options.Providers[known.Name] = new ProviderOptions
            {
                Kind = ProviderKinds.OpenAI,
                BaseUrl = known.BaseUrl,
                Keys = [new KeyOptions { Value = $"env:{known.Variable}" }],
            };
        }

        return options.Providers.Count > 0;
    }

    /// <summary>Known model names go to the provider that has them; where the choice is clear, every other name does too.</summary>
    private static void AddRoutes(BrokerOptions options)
    {
        foreach (var known in Known.Where(k => options.Providers.ContainsKey(k.Name)))
        {
            foreach (var prefix in known.Prefixes)
            {
                options.Models[$"{prefix}*"] = RouteTo(known.Name);
            }
        }

        if (options.Providers.Count == 1)
        {
            options.Models[AnyModel] = RouteTo(options.Providers.Keys.First());
        }
        else if (options.Providers.ContainsKey("openrouter"))
        {
            options.Models[AnyModel] = RouteTo("openrouter");
        }
    }

    private static ModelOptions RouteTo(string provider) => new() { Targets = [new TargetOptions { Provider = provider }] };

    /// <summary>One that is quicker but fails now and then, and one that is steady: a failover is seen on the way.</summary>
    private static void AddSimulated(BrokerOptions options)
    {
        options.Providers["sim-a"] = Simulated(("latencyms", "300"), ("errorrate", "0.1"));
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
