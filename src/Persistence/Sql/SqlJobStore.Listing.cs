using System.Text;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    private const int MetadataPage = 500;

    public async Task<IReadOnlyList<StoredJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Metadata.Count == 0)
        {
            return await ListPageAsync(filter, cancellationToken);
        }

        // Metadata is compared here: not every JSON text that a caller may send can be a PostgreSQL jsonb.
        var found = new List<StoredJob>();
        var page = filter with { Limit = MetadataPage };
        while (true)
        {
            var jobs = await ListPageAsync(page, cancellationToken);
            found.AddRange(jobs.Where(job => MetadataFilter.Matches(job.Metadata, filter.Metadata)).Take(filter.Limit - found.Count));
            if (found.Count == filter.Limit || jobs.Count < MetadataPage)
            {
                return found;
            }

            page = page with { After = jobs[^1].Id };
        }
    }

    private async Task<List<StoredJob>> ListPageAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var values = new List<object?> { filter.TenantId };
        var sql = new StringBuilder(
            $"SELECT {JobColumns.Stored} FROM job_payloads JOIN jobs ON id = job_id WHERE job_payloads.tenant_id = $1"
        );
        if (filter.After is { } after)
        {
            values.Add(after.Value);
            sql.Append($" AND job_id < ${values.Count}");
        }

        if (filter.States.Count > 0)
        {
            sql.Append($" AND state IN ({string.Join(", ", filter.States.Select(state => (short)state).Order())})");
        }

        if (filter.Model is not null)
        {
            values.Add(StoredText.Clean(filter.Model));
            sql.Append($" AND model = ${values.Count}");
        }

        if (filter.BatchId is not null)
        {
            values.Add(StoredText.Clean(filter.BatchId));
            sql.Append($" AND batch_id = ${values.Count}");
        }

        foreach (var text in MetadataFilter.NecessaryTexts(filter.Metadata))
        {
            values.Add(text);
            sql.Append($" AND {database.Contains("metadata", values.Count)}");
        }

        values.Add(filter.Limit);
        sql.Append($" ORDER BY job_id DESC LIMIT ${values.Count}");
        return await database.ReadAsync(sql.ToString(), [.. values], JobRecords.Stored, cancellationToken);
    }
}
