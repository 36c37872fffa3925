namespace InferenceBroker.Persistence;

/// <summary>Which database the broker uses.</summary>
public sealed class PersistenceOptions
{
    /// <summary>An Npgsql connection string. Default null: SQLite is used.</summary>
    public string? PostgresConnectionString { get; set; }

    /// <summary>The SQLite file, used where no PostgreSQL is given. Its folder is made if it is missing. Default <c>data/broker.db</c>.</summary>
    public string SqlitePath { get; set; } = Path.Combine("data", "broker.db");
}
