using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Hosting;

/// <summary>How this process was set up: for start messages, and for whoever keeps files in the data folder.</summary>
public sealed record BrokerSetup
{
    /// <summary>One of <see cref="BrokerRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Exists, and only its owner may enter it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Null: no <c>broker.json</c> was found.</summary>
    public required string? ConfigurationFile { get; init; }

    public required ProviderSource ProviderSource { get; init; }

    /// <summary>The names of the providers in force.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>True with PostgreSQL, false with the SQLite file in the data folder.</summary>
    public required bool UsesPostgres { get; init; }

    /// <summary>True with RabbitMQ, false with the transport inside this process.</summary>
    public required bool UsesRabbitMq { get; init; }

    /// <summary>What deserves attention in the configuration, though the broker starts.</summary>
    public required IReadOnlyList<ConfigurationFault> Warnings { get; init; }
}
