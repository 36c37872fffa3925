using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>
/// Makes the connections of a configuration. Jobs may be on their way to a provider or key that the newest configuration does not have any
/// more, so these are carried over from the earlier connections.
/// </summary>
internal static class ConnectionBuilder
{
    public static Dictionary<string, ProviderConnection> Build(
        BrokerConfiguration configuration,
        IReadOnlyDictionary<string, ProviderConnection> earlier
    )
    {
        var connections = new Dictionary<string, ProviderConnection>(earlier, StringComparer.Ordinal);
        foreach (var (name, provider) in configuration.Options.Providers)
        {
            var made = Make(name, provider, configuration.Secrets[name]);
            connections[name] = earlier.TryGetValue(name, out var old) ? Follow(made, old) : made;
        }

        return connections;
    }

    private static ProviderConnection Make(string name, ProviderOptions provider, IReadOnlyDictionary<string, string> secrets) =>
        new(name, provider.Kind, AddressOf(name, provider), secrets, provider.Settings);

    private static Uri? AddressOf(string name, ProviderOptions provider) =>
        provider.BaseUrl ?? (provider.Kind == ProviderKinds.OpenAI ? ProviderDiscovery.AddressOf(name) : null);

    private static ProviderConnection Follow(ProviderConnection made, ProviderConnection old)
    {
        // A secret is never sent to another address than the one that it was configured for.
        if (made.Kind != old.Kind || made.BaseUrl != old.BaseUrl)
        {
            return made;
        }

        var secrets = new Dictionary<string, string>(old.Secrets, StringComparer.Ordinal);
        foreach (var (key, secret) in made.Secrets)
        {
            secrets[key] = secret;
        }

        // The same object where nothing changed: clients keep what they prepared for it.
        return HaveSame(secrets, old.Secrets) && HaveSame(made.Settings, old.Settings) ? old : made with { Secrets = secrets };
    }

    private static bool HaveSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
