using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    private const int MostCounted = 10_000;

    // One statement, so one snapshot. A job has one row for each attempt; the answer comes with the last one only.
    private const string Details =
        $"SELECT {JobColumns.Stored}, {JobColumns.Attempt}, status_code, job_results.body FROM jobs "
        + "JOIN job_payloads ON job_payloads.job_id = id "
        + "LEFT JOIN attempts ON attempts.job_id = id "
        + "LEFT JOIN job_results ON job_results.job_id = id AND (number IS NULL OR number = jobs.attempt) ";

    private const string AttemptsOnly =
        $"SELECT {JobColumns.Stored}, {JobColumns.Attempt} FROM jobs "
        + "JOIN job_payloads ON job_payloads.job_id = id LEFT JOIN attempts ON attempts.job_id = id ";

    public async Task<JobDetails?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken)
    {
        const string Sql = Details + "WHERE id = $1 AND jobs.tenant_id = $2 ORDER BY number";
        var rows = await database.ReadAsync(Sql, [id.Value, tenantId], row => DetailsRow.Read(row, withResult: true), cancellationToken);
        return DetailsRow.Group(rows).FirstOrDefault();
    }

    public async Task<IReadOnlyList<JobDetails>> FindManyAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken)
    {
        var sql = $"{Details}WHERE {database.IsAnyOf("id", 1)} ORDER BY id, number";
        var rows = await database.ReadAsync(sql, [Values(ids)], row => DetailsRow.Read(row, withResult: true), cancellationToken);
        return DetailsRow.Group(rows);
    }

    public async Task<IReadOnlyList<JobDetails>> ReadEndedOfBatchAsync(
        int tenantId,
        string batchId,
        JobId? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            SELECT id FROM job_payloads JOIN jobs ON id = job_id
            WHERE batch_id = $1 AND batch_id IS NOT NULL AND job_id > $2 AND job_payloads.tenant_id = $3 AND state >= 3
            ORDER BY job_id LIMIT $4
            """;
        var ids = await database.ReadAsync(Sql, [batchId, after?.Value ?? Guid.Empty, tenantId, limit], JobRecords.Id, cancellationToken);
        return ids.Count == 0 ? [] : await FindManyAsync(ids, cancellationToken);
    }

    /// <summary>
    /// Two reads that are one view: the chunks up to the sequence number of the job's row were committed with it, and rows of chunks never change.
    /// </summary>
    public async Task<JobLog?> ReadLogAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken)
    {
        const string JobSql = AttemptsOnly + "WHERE id = $1 AND jobs.tenant_id = $2 ORDER BY number";
        const string ChunkSql = """
            SELECT attempt, first_seq, data FROM job_events
            WHERE job_id = $1 AND last_seq > $2 AND first_seq <= $3 ORDER BY first_seq
            """;
        var rows = await database.ReadAsync(
            JobSql,
            [id.Value, tenantId],
            row => DetailsRow.Read(row, withResult: false),
            cancellationToken
        );
        if (DetailsRow.Group(rows).FirstOrDefault() is not { } job)
        {
            return null;
        }

        var chunks = await database.ReadAsync(
            ChunkSql,
            [id.Value, afterSequence, job.Job.LastSequence],
            row => new StoredChunks(row.Int(), row.Int(), Encoding.UTF8.GetString(row.Bytes()).Split('\n')),
            cancellationToken
        );
        return new JobLog(job.Job, job.Attempts, chunks);
    }

    public async Task<int> CountAheadAsync(StoredJob job, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT count(*) FROM (
                SELECT 1 FROM jobs WHERE tenant_id = $1 AND lane = $2 AND {StateFilters.IsQueued} AND id < $3 LIMIT $4) AS ahead
            """;
        var counts = await database.ReadAsync(
            Sql,
            [job.TenantId, (short)job.Lane, job.Id.Value, MostCounted],
            row => row.Long(),
            cancellationToken
        );
        return (int)counts[0];
    }

    protected static Guid[] Values(IReadOnlyList<JobId> ids)
    {
        var values = new Guid[ids.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ids[i].Value;
        }

        return values;
    }
}
