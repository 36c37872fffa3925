using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Liveness;

/// <summary>Workers as rows with the time of their last beat. The same statements on both databases.</summary>
internal sealed class SqlWorkerRegistry(ISqlDatabase database) : IWorkerRegistry
{
    public async Task<IReadOnlyList<JobId>> BeatAsync(Guid workerId, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Beat = """
            INSERT INTO workers (id, name, last_seen_at) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_seen_at = excluded.last_seen_at
            RETURNING id
            """;
        const string Cancelled =
            $"SELECT id FROM jobs WHERE {StateFilters.IsRunning} AND worker_id = $1 AND cancel_requested_at IS NOT NULL ORDER BY id";
        await database.WriteAsync(Beat, [workerId, name, now], JobRecords.Id, cancellationToken);
        return await database.ReadAsync(Cancelled, [workerId], JobRecords.Id, cancellationToken);
    }

    public Task RemoveAsync(Guid workerId, CancellationToken cancellationToken) =>
        database.WriteAsync("DELETE FROM workers WHERE id = $1 RETURNING id", [workerId], JobRecords.Id, cancellationToken);
}
