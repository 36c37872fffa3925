namespace InferenceBroker.Standalone.Serve;

/// <summary>The admin key and the key of the tenant <c>default</c>: from the environment, else made once and kept in the data folder.</summary>
internal sealed record BrokerKeys(BrokerKey Api, BrokerKey Admin)
{
    public static BrokerKeys Find(IConfiguration configuration, string dataFolder) =>
        new(
            BrokerKey.Find(configuration, "BROKER_API_KEY", Path.Combine(dataFolder, "api.key")),
            BrokerKey.Find(configuration, "BROKER_ADMIN_KEY", Path.Combine(dataFolder, "admin.key"))
        );

    /// <summary>Hands the keys to the Api, which reads them as configuration.</summary>
    public void AddTo(ConfigurationManager configuration) =>
        configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { [Api.Variable] = Api.Secret, [Admin.Variable] = Admin.Secret }
        );
}
