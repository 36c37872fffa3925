using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Hosting.Tests.Configuration;

/// <summary>Loads a configuration from texts.</summary>
internal static class Loading
{
    public const string Minimal = """
        { "providers": { "local": { "kind": "openai", "baseUrl": "http://127.0.0.1:8000/v1" } },
          "models": { "chat": { "targets": [ { "provider": "local", "model": "llama" } ] } } }
        """;

    public static BrokerConfiguration Load(string? json, params (string Name, string Value)[] environment)
    {
        using var folder = new TemporaryFolder();
        var file = json is null ? null : folder.Write("broker.json", json);
        return BrokerConfiguration.Load(file, folder.Path, environment.ToDictionary(v => v.Name, v => v.Value));
    }

    public static IReadOnlyList<string> Faults(string? json, params (string Name, string Value)[] environment)
    {
        try
        {
            Load(json, environment);
            return [];
        }
        catch (ConfigurationFaultsException e)
        {
            return [.. e.Faults.Select(f => f.ToString())];
        }
    }
}
