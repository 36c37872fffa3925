namespace InferenceBroker.Testing.Processes;

/// <summary>The servers that a cluster uses.</summary>
/// <param name="Postgres">An Npgsql connection string.</param>
/// <param name="RabbitMq">An amqp URI with the virtual host.</param>
public sealed record ClusterServers(string Postgres, string RabbitMq);
