using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>The connections of the configuration in force, with their secrets, and those that only earlier ones have.</summary>
internal sealed class ProviderConnections(ConfigurationInForce configuration) : IProviderConnections
{
    public ProviderConnection? Find(string provider) => configuration.Current.FindConnection(provider);
}
