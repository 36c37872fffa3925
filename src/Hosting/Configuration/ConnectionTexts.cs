using Microsoft.Extensions.Configuration;
using Npgsql;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>The connection strings of distributed mode; null where the embedded part is used.</summary>
internal sealed record ConnectionTexts(string? Postgres, string? RabbitMq)
{
    /// <exception cref="ConfigurationFaultsException">One cannot be understood.</exception>
    public static ConnectionTexts Read(IConfiguration configuration)
    {
        var postgres = configuration.GetConnectionString("Postgres");
        var rabbitMq = configuration.GetConnectionString("RabbitMq");
        return new ConnectionTexts(
            string.IsNullOrWhiteSpace(postgres) ? null : CheckPostgres(postgres),
            string.IsNullOrWhiteSpace(rabbitMq) ? null : RabbitMqAddress.ToUri(rabbitMq)
        );
    }

    /// <summary>The message does not show the text, since it may hold a password.</summary>
    private static string CheckPostgres(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 } ? text : throw PostgresFault("names no Host");
        }
        catch (ArgumentException)
        {
            throw PostgresFault("is no Npgsql connection string, such as Host=db;Database=broker;Username=broker;Password=…");
        }
    }

    private static ConfigurationFaultsException PostgresFault(string message) =>
        new("The environment", [new("ConnectionStrings:Postgres", message)]);
}
