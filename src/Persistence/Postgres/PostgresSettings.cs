using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Completes a connection string with what suits the broker; what the operator wrote stays.</summary>
internal static class PostgresSettings
{
    public static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var complete = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "inference-broker",
            MaxAutoPrepare = 50, // a fifth less CPU for statements that repeat
            NoResetOnClose = true, // no session state is ever set
            MaxPoolSize = 30,
            Timeout = 10,
            CommandTimeout = 20,
        };
        foreach (var key in given.Keys.Cast<string>())
        {
            complete[key] = given[key];
        }

        return complete.ToString();
    }
}
