using InferenceBroker.Hosting;
using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Standalone.Hosts;

/// <summary>Tells the operator where the answers will come from.</summary>
internal static class SetupText
{
    public static string Providers(BrokerSetup setup)
    {
        var names = string.Join(", ", setup.Providers);
        return setup.ProviderSource switch
        {
            ProviderSource.Simulated =>
                $"No provider is configured: simulated providers ({names}) answer. Set OPENAI_API_KEY or write a broker.json for real ones.",
            ProviderSource.Environment => $"Providers from the API keys in the environment: {names}.",
            _ => $"Providers from {Shorten(setup.ConfigurationFile ?? "the environment")}: {names}.",
        };
    }

    public static string Storage(BrokerSetup setup) =>
        (setup.UsesPostgres ? "PostgreSQL" : $"SQLite in {Shorten(setup.DataDirectory)}") + (setup.UsesRabbitMq ? ", RabbitMQ" : "");

    public static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
