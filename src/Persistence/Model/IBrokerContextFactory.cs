namespace InferenceBroker.Persistence.Model;

/// <summary>Makes contexts of the configured database. Thread safe; the caller disposes what it gets.</summary>
internal interface IBrokerContextFactory
{
    BrokerContext Create();
}
