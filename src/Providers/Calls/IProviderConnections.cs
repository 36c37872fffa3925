namespace InferenceBroker.Providers.Calls;

/// <summary>The configured connections. Thread safe.</summary>
public interface IProviderConnections
{
    /// <summary>Null: no provider of this name is configured (any more).</summary>
    ProviderConnection? Find(string provider);
}
