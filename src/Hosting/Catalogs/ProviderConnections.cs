using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>The connections of the configured providers, with their secrets.</summary>
internal sealed class ProviderConnections(BrokerConfiguration configuration) : IProviderConnections
{
    private readonly Dictionary<string, ProviderConnection> _connections = configuration.Options.Providers.ToDictionary(
        p => p.Key,
        p => new ProviderConnection(p.Key, p.Value.Kind, AddressOf(p.Key, p.Value), configuration.Secrets[p.Key], p.Value.Settings)
    );

    public ProviderConnection? Find(string provider) => _connections.GetValueOrDefault(provider);

    private static Uri? AddressOf(string name, ProviderOptions provider) =>
        provider.BaseUrl ?? (provider.Kind == ProviderKinds.OpenAI ? ProviderDiscovery.AddressOf(name) : null);
}
