using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Turns the merged document into options. Faults of single values are found here, those between values by <see cref="BrokerOptionsValidator"/>.</summary>
internal static class BrokerOptionsReader
{
    private const int MaximumConcurrency = 10_000;
    private const int MaximumSeconds = 1500;

    public static BrokerOptions Read(SectionReader document, FaultList faults)
    {
        var options = new BrokerOptions
        {
            Limits = ReadLimits(document.Section("limits")),
            Rules = [.. document.Items("rules").Select(rule => RuleReader.Read(rule, faults))],
        };
        foreach (var (name, section) in document.Sections("providers"))
        {
            options.Providers[name] = ReadProvider(section, faults);
        }

        foreach (var (name, section) in document.Sections("models"))
        {
            options.Models[name] = ReadModel(section);
        }

        document.Done(["$schema", .. RoleSections.Names]);
        return options;
    }

    private static ProviderOptions ReadProvider(SectionReader section, FaultList faults)
    {
        var provider = new ProviderOptions
        {
            Kind = section.Text("kind") ?? "",
            BaseUrl = ReadUrl(section, faults),
            Concurrency = section.Integer("concurrency", 1, MaximumConcurrency) ?? ProviderOptions.DefaultConcurrency,
            Keys = [.. section.Items("keys").Select(ReadKey)],
            Settings = section.Settings("settings"),
        };
        section.Done();
        return provider;
    }

    private static KeyOptions ReadKey(SectionReader section)
    {
        var key = new KeyOptions
        {
            Name = section.Text("name") ?? KeyOptions.DefaultName,
            Value = section.Text("value") ?? "",
            RequestsPerMinute = section.Integer("requestsPerMinute", 1, int.MaxValue),
            TokensPerMinute = section.Integer("tokensPerMinute", 1, int.MaxValue),
            InputTokensPerMinute = section.Integer("inputTokensPerMinute", 1, int.MaxValue),
            OutputTokensPerMinute = section.Integer("outputTokensPerMinute", 1, int.MaxValue),
            Concurrency = section.Integer("concurrency", 1, MaximumConcurrency),
            Weight = section.Integer("weight", 1, 1_000_000) ?? 1,
        };
        section.Done();
        return key;
    }

    private static ModelOptions ReadModel(SectionReader section)
    {
        var model = new ModelOptions
        {
            Policy = section.Text("policy") ?? RoutingPolicies.Weighted,
            Targets = [.. section.Items("targets").Select(ReadTarget)],
            Fallbacks = section.Texts("fallbacks"),
            PolicyWeights = ReadPolicyWeights(section.Section("policyWeights")),
            Affinity = section.Flag("affinity") ?? false,
            AffinityMargin = section.Integer("affinityMargin", 0, MaximumConcurrency) ?? new ModelOptions().AffinityMargin,
            LargerContext = section.Text("largerContext"),
            FallbackOnContentFilter = section.Flag("fallbackOnContentFilter") ?? false,
        };
        section.Done();
        return model;
    }

    private static TargetOptions ReadTarget(SectionReader section)
    {
        var target = new TargetOptions
        {
            Provider = section.Text("provider") ?? "",
            Model = section.Text("model") ?? "*",
            Weight = section.Integer("weight", 1, 1_000_000) ?? 1,
            InputPricePerMillion = section.Amount("inputPricePerMillion") ?? 0,
            OutputPricePerMillion = section.Amount("outputPricePerMillion") ?? 0,
            ContextTokens = section.Integer("contextTokens", 1, int.MaxValue),
            Tools = section.Flag("tools") ?? true,
            Vision = section.Flag("vision") ?? true,
            JsonSchema = section.Flag("jsonSchema") ?? true,
            Region = section.Text("region"),
            Tags = section.Texts("tags"),
        };
        section.Done();
        return target;
    }

    private static PolicyWeightsOptions ReadPolicyWeights(SectionReader section)
    {
        var standard = new PolicyWeightsOptions();
        var weights = new PolicyWeightsOptions
        {
            Errors = section.Amount("errors") ?? standard.Errors,
            Latency = section.Amount("latency") ?? standard.Latency,
            Utilisation = section.Amount("utilisation") ?? standard.Utilisation,
            Cost = section.Amount("cost") ?? standard.Cost,
        };
        section.Done();
        return weights;
    }

    private static LimitsOptions ReadLimits(SectionReader section)
    {
        var standard = new LimitsOptions();
        var limits = new LimitsOptions
        {
            MaxAttempts = section.Integer("maxAttempts", 1, 20) ?? standard.MaxAttempts,
            AttemptTimeoutSeconds = section.Integer("attemptTimeoutSeconds", 1, MaximumSeconds) ?? standard.AttemptTimeoutSeconds,
            FirstTokenTimeoutSeconds = section.Integer("firstTokenTimeoutSeconds", 1, MaximumSeconds) ?? standard.FirstTokenTimeoutSeconds,
            IdleTimeoutSeconds = section.Integer("idleTimeoutSeconds", 1, MaximumSeconds) ?? standard.IdleTimeoutSeconds,
            ConnectTimeoutSeconds = section.Integer("connectTimeoutSeconds", 1, 120) ?? standard.ConnectTimeoutSeconds,
        };
        section.Done();
        return limits;
    }

    private static Uri? ReadUrl(SectionReader section, FaultList faults)
    {
        if (section.Text("baseUrl") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
        {
            return url;
        }

        // The text is not shown whole where it may hold a password.
        var shown = text.Contains('@', StringComparison.Ordinal) ? "this" : $"'{text}'";
        faults.Add(section.PathOf("baseUrl"), $"{shown} is no usable address (http:// or https://, without user and password)");
        return null;
    }
}
