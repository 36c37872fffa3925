using Npgsql;

namespace InferenceBroker.Persistence.Time;

/// <summary>PostgreSQL's clock.</summary>
internal sealed class PostgresTime(NpgsqlDataSource source) : IDatabaseTime
{
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT clock_timestamp()");
        var now = await command.ExecuteScalarAsync(cancellationToken);
        return new DateTimeOffset((DateTime)now!, TimeSpan.Zero);
    }
}
