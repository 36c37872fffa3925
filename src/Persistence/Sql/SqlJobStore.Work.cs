using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    private const string RunningSql =
        $"SELECT {JobColumns.Started}, body, worker_id FROM jobs JOIN job_payloads ON job_payloads.job_id = id WHERE state = 2 AND ";

    public async Task<IReadOnlyList<StartedJob?>> FindStartedAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken)
    {
        var running = await database.ReadAsync(
            RunningSql + database.IsAnyOf("id", 1),
            [starts.Select(start => start.Id.Value).ToArray()],
            row => (Job: JobRecords.Started(row), WorkerId: row.Id()),
            cancellationToken
        );
        var found = new StartedJob?[starts.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var start = starts[i];
            found[i] = running
                .Find(row =>
                    row.Job.Id == start.Id
                    && row.Job.Fence == start.Fence
                    && row.WorkerId == start.WorkerId
                    && SameMicrosecond(row.Job.StartedAt, start.Now)
                )
                .Job;
        }

        return found;
    }

    /// <summary>Both databases keep microseconds.</summary>
    private static bool SameMicrosecond(DateTimeOffset stored, DateTimeOffset given) =>
        stored.UtcTicks / TimeSpan.TicksPerMicrosecond == given.UtcTicks / TimeSpan.TicksPerMicrosecond;
}
