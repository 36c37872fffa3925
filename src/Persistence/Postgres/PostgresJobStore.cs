using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>
/// Jobs in PostgreSQL. Every method of the hot path is one statement over arrays, and so one transaction and one round trip. Rows go in sorted
/// by id, so that two statements lock their rows in the same order.
/// </summary>
internal sealed partial class PostgresJobStore(PostgresDatabase database) : SqlJobStore(database)
{
    private readonly NpgsqlDataSource _source = database.Source;

    private static T[] Sorted<T>(IReadOnlyList<T> rows, Func<T, JobId> id)
    {
        var sorted = rows.ToArray();
        if (sorted.Length > 1)
        {
            Array.Sort(sorted, (left, right) => id(left).CompareTo(id(right)));
        }

        return sorted;
    }

    /// <summary>Puts rows that came back in any order at the positions of their ids; positions without a row hold the default.</summary>
    private static TResult[] InOrder<TRow, TResult>(IReadOnlyList<TRow> rows, Func<TRow, JobId> id, Dictionary<JobId, TResult> found)
    {
        var results = new TResult[rows.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = found.GetValueOrDefault(id(rows[i]))!;
        }

        return results;
    }

    private static DateTime? Utc(DateTimeOffset? time) => time?.UtcDateTime;

    private static void AddIds<TRow>(NpgsqlCommand command, TRow[] rows, Func<TRow, JobId> id) =>
        command.AddColumn(rows, NpgsqlDbType.Uuid, row => id(row).Value);
}
