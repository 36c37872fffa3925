using InferenceBroker.Domain.Routing;
using InferenceBroker.Providers.Simulated;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds what is wrong between values: unknown names, missing parts, circles.</summary>
internal sealed class BrokerOptionsValidator(BrokerOptions options, FaultList faults)
{
    public void Validate()
    {
        foreach (var (name, provider) in options.Providers)
        {
            ValidateProvider(name, FaultList.Join("providers", name), provider);
        }

        if (options.Models.Count == 0)
        {
            faults.Add(
                "models",
                $"at least one is needed: which of them these providers have is not known ({Names(options.Providers.Keys)})"
            );
        }

        foreach (var (name, model) in options.Models)
        {
            ValidateModel(name, FaultList.Join("models", name), model);
        }

        new FallbackCircles(options.Models, faults).Report();
        new RuleFaults(options, faults).Report();
    }

    private void ValidateProvider(string name, string path, ProviderOptions provider)
    {
        ValidateName(path, name);
        if (!ProviderKinds.All.Contains(provider.Kind))
        {
            faults.Add($"{path}.kind", $"'{provider.Kind}' is no kind ({string.Join(", ", ProviderKinds.All)})");
        }
        else if (provider.Kind == ProviderKinds.OpenAI && provider.BaseUrl is null && ProviderDiscovery.AddressOf(name) is null)
        {
            faults.Add($"{path}.baseUrl", "is needed, for example https://api.openai.com/v1");
        }

        if (provider.Kind == ProviderKinds.Simulated)
        {
            foreach (var fault in SimulatedSettings.FindFaults(provider.Settings))
            {
                faults.Add($"{path}.settings", fault);
            }
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < provider.Keys.Count; i++)
        {
            var key = provider.Keys[i].Name;
            ValidateName($"{path}.keys[{i}].name", key);
            KeyLimits.Check($"{path}.keys[{i}]", provider.Keys[i], provider, faults);
            if (!names.Add(key))
            {
                faults.Add($"{path}.keys[{i}].name", $"'{key}' is the name of an earlier key too; each needs its own");
            }
        }
    }

    private void ValidateName(string path, string name)
    {
        if (name.Length is 0 or > 60 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            faults.Add(path, $"'{name}' is no allowed name (1 to 60 of a-z, A-Z, 0-9, '-', '_', '.')");
        }
    }

    private void ValidateModel(string name, string path, ModelOptions model)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (name.Length == 0 || (star >= 0 && star != name.Length - 1))
        {
            faults.Add(path, $"'{name}' is no model name (a name, or a pattern with one '*' at its end)");
        }

        if (!RoutingPolicies.All.Contains(model.Policy))
        {
            faults.Add($"{path}.policy", $"'{model.Policy}' is no policy ({string.Join(", ", RoutingPolicies.All)})");
        }

        if (model.Targets.Count == 0)
        {
            faults.Add($"{path}.targets", "at least one target is needed");
        }

        for (var i = 0; i < model.Targets.Count; i++)
        {
            ValidateTarget($"{path}.targets[{i}]", model.Targets[i]);
        }

        var weights = model.PolicyWeights;
        if (weights.Errors + weights.Latency + weights.Utilisation + weights.Cost <= 0)
        {
            faults.Add($"{path}.policyWeights", "all are 0; at least one has to be above");
        }

        if (model.LargerContext is { } larger && !options.Models.ContainsKey(larger))
        {
            faults.Add($"{path}.largerContext", $"'{larger}' is not a configured model ({Names(options.Models.Keys)})");
        }

        for (var i = 0; i < model.Fallbacks.Count; i++)
        {
            if (!options.Models.ContainsKey(model.Fallbacks[i]))
            {
                faults.Add($"{path}.fallbacks[{i}]", $"'{model.Fallbacks[i]}' is not a configured model ({Names(options.Models.Keys)})");
            }
        }
    }

    private void ValidateTarget(string path, TargetOptions target)
    {
        if (!options.Providers.ContainsKey(target.Provider))
        {
            faults.Add($"{path}.provider", $"'{target.Provider}' is not a configured provider ({Names(options.Providers.Keys)})");
        }

        if (target.Model.Length == 0)
        {
            faults.Add($"{path}.model", "'' is no model name (a name, or '*' for the one that was asked for)");
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
