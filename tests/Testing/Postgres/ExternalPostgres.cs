namespace InferenceBroker.Testing.Postgres;

/// <summary>A server that somebody else runs.</summary>
internal sealed class ExternalPostgres(string connectionString) : PrivatePostgres
{
    public override string ConnectionString { get; } = connectionString;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
