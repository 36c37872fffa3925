using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Hosting.Catalogs;

/// <summary>Holds the snapshot in force. Thread safe; only the reload replaces it.</summary>
internal sealed class ConfigurationInForce(BrokerConfiguration configuration)
{
    private volatile ConfigurationSnapshot _current = ConfigurationSnapshot.First(configuration);

    public ConfigurationSnapshot Current => _current;

    public void Replace(BrokerConfiguration configuration) => _current = _current.Next(configuration);
}
