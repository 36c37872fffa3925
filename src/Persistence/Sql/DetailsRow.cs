using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>One row of a job joined with its attempts and its answer.</summary>
internal sealed record DetailsRow(StoredJob Job, StoredAttempt? Running, StoredAttempt? Ended, StoredResult? Result)
{
    public static DetailsRow Read(ColumnReader row, bool withResult)
    {
        var job = JobRecords.Stored(row);
        var startedAt = row.TimeOrNull();
        var startedSequence = row.Int();
        var running = job.State == JobState.Running ? RunningAttempt(job, startedAt, startedSequence) : null;
        var ended = JobRecords.AttemptOrNull(row);
        if (!withResult)
        {
            return new DetailsRow(job, running, ended, Result: null);
        }

        var status = row.IntOrNull();
        var body = row.BytesOrNull();
        return new DetailsRow(job, running, ended, status is null ? null : new StoredResult(status.Value, body ?? []));
    }

    /// <summary>Puts the rows of each job together; they come in the order of job and attempt.</summary>
    public static List<JobDetails> Group(List<DetailsRow> rows)
    {
        var jobs = new List<JobDetails>();
        for (var first = 0; first < rows.Count; )
        {
            var end = first + 1;
            while (end < rows.Count && rows[end].Job.Id == rows[first].Job.Id)
            {
                end++;
            }

            jobs.Add(Combine(rows, first, end));
            first = end;
        }

        return jobs;
    }

    private static JobDetails Combine(List<DetailsRow> rows, int first, int end)
    {
        var attempts = new List<StoredAttempt>(end - first);
        StoredResult? result = null;
        for (var i = first; i < end; i++)
        {
            if (rows[i].Ended is { } ended)
            {
                attempts.Add(ended);
            }

            result ??= rows[i].Result;
        }

        if (rows[first].Running is { } running)
        {
            attempts.Add(running);
        }

        return new JobDetails(rows[first].Job, attempts, result);
    }

    private static StoredAttempt RunningAttempt(StoredJob job, DateTimeOffset? startedAt, int startedSequence) =>
        new()
        {
            Number = job.Attempt,
            Endpoint = job.Endpoint ?? "",
            UpstreamModel = StoredEndpoint.ModelOf(job.Endpoint ?? ""),
            StartedAt = startedAt ?? job.CreatedAt,
            StartedSequence = startedSequence,
        };
}
