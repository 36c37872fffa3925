using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    /// <summary>Reads what became of jobs whose keys are all taken, by these jobs or by others.</summary>
    protected async Task<IReadOnlyList<SubmitOutcome>> ReadOutcomesAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new SubmitOutcome[jobs.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = await ReadOutcomeAsync(jobs[i], keys[i], cancellationToken);
        }

        return outcomes;
    }

    private async Task<SubmitOutcome> ReadOutcomeAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT job_id, request_hash FROM idempotency_keys WHERE tenant_id = $1 AND key = $2";
        var taken = await database.ReadAsync(
            Sql,
            [job.TenantId, StoredText.Clean(key.Key)],
            row => (JobId: new JobId(row.Id()), Hash: row.Bytes()),
            cancellationToken
        );
        if (taken.Count == 0)
        {
            // Purged in between: the key is free again.
            return await InsertOnceAsync(job, key, cancellationToken);
        }

        return new SubmitOutcome(Kind(taken[0].JobId, taken[0].Hash, job, key), taken[0].JobId);
    }

    private static SubmitOutcomeKind Kind(JobId takenBy, byte[] hash, NewJob job, IdempotencyKey key)
    {
        if (takenBy == job.Id)
        {
            return SubmitOutcomeKind.Created;
        }

        return hash.AsSpan().SequenceEqual(key.RequestHash) ? SubmitOutcomeKind.Repeated : SubmitOutcomeKind.Conflict;
    }
}
