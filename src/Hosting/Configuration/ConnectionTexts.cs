using Microsoft.Extensions.Configuration;

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
            string.IsNullOrWhiteSpace(postgres) ? null : postgres,
            string.IsNullOrWhiteSpace(rabbitMq) ? null : RabbitMqAddress.ToUri(rabbitMq)
        );
    }
}
