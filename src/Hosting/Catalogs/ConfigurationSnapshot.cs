using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>A configuration with everything that is made of it: immutable, so that one exchange swaps all of it.</summary>
internal sealed class ConfigurationSnapshot
{
    private readonly Dictionary<string, ProviderConnection> _connections;

    private ConfigurationSnapshot(BrokerConfiguration configuration, IReadOnlyDictionary<string, ProviderConnection> earlier)
    {
        Configuration = configuration;
        Catalog = CatalogBuilder.Build(configuration.Options);
        _connections = ConnectionBuilder.Build(configuration, earlier);
    }

    public BrokerConfiguration Configuration { get; }

    public Catalog Catalog { get; }

    public static ConfigurationSnapshot First(BrokerConfiguration configuration) =>
        new(configuration, new Dictionary<string, ProviderConnection>(StringComparer.Ordinal));

    public ConfigurationSnapshot Next(BrokerConfiguration configuration) => new(configuration, _connections);

    /// <summary>Also a connection that only an earlier configuration has.</summary>
    public ProviderConnection? FindConnection(string provider) => _connections.GetValueOrDefault(provider);
}
