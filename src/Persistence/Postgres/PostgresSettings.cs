using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Completes a connection string with what suits the broker; what the operator wrote stays.</summary>
internal static class PostgresSettings
{
    // Every statement of the broker reaches its rows by an index. A plan that was made while a table was small would read all of it, and prepared
    // statements keep their plans until the table is next analysed. What has to read a small table whole looks dear to the planner then: without the last
    // setting it would start processes for two rows.
    private const string PlannerSettings =
        "SET enable_seqscan = off; SET enable_mergejoin = off; SET jit = off; SET max_parallel_workers_per_gather = 0";

    public static NpgsqlDataSource CreateSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(Complete(connectionString));
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        return builder.Build();
    }

    private static void Initialize(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PlannerSettings, connection);
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(PlannerSettings, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var complete = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "inference-broker",
            MaxAutoPrepare = 50, // a fifth less CPU for statements that repeat
            NoResetOnClose = true, // every session is set up alike, and nothing changes that
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
