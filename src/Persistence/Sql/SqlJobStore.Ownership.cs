using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    private static readonly string[] TablesOfJob = ["job_payloads", "job_results", "attempts", "job_events"];

    public async Task<CancelOutcome> CancelAsync(int tenantId, JobId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // One statement for all states: between two of them the job could move from the one to the other.
        const string Cancel = """
            UPDATE jobs SET
                cancel_requested_at = COALESCE(cancel_requested_at, $3),
                state = CASE WHEN state = 2 THEN 2 ELSE 5 END,
                fence = CASE WHEN state = 2 THEN fence ELSE fence + 1 END,
                last_seq = CASE WHEN state = 2 THEN last_seq ELSE last_seq + 1 END,
                dispatched_at = CASE WHEN state = 2 THEN dispatched_at ELSE NULL END,
                ended_at = CASE WHEN state = 2 THEN NULL ELSE $3 END
            WHERE id = $1 AND tenant_id = $2 AND state < 3
            RETURNING state, endpoint
            """;
        var moved = await database.WriteAsync(
            Cancel,
            [id.Value, tenantId, now],
            row => (State: (JobState)row.Short(), Endpoint: row.TextOrNull()),
            cancellationToken
        );
        if (moved.Count > 0)
        {
            var (state, endpoint) = moved[0];
            var ended = state == JobState.Cancelled;
            return new CancelOutcome(Found: true, state, ended, ended ? endpoint : null);
        }

        var states = await database.ReadAsync(
            "SELECT state FROM jobs WHERE id = $1 AND tenant_id = $2",
            [id.Value, tenantId],
            row => (JobState)row.Short(),
            cancellationToken
        );
        return states.Count == 0 ? default : new CancelOutcome(Found: true, states[0], Ended: false, Endpoint: null);
    }

    public Task<bool> DeleteAsync(int tenantId, JobId id, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async transaction =>
            {
                const string Sql = "DELETE FROM jobs WHERE id = $1 AND tenant_id = $2 AND state >= 3";
                if (await transaction.ExecuteAsync(Sql, [id.Value, tenantId], cancellationToken) == 0)
                {
                    return false;
                }

                foreach (var table in TablesOfJob)
                {
                    await transaction.ExecuteAsync($"DELETE FROM {table} WHERE job_id = $1", [id.Value], cancellationToken);
                }

                return true;
            },
            cancellationToken
        );
}
