using System.Globalization;
using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>Reads the query of <c>GET /v1/jobs</c>.</summary>
internal static class JobListQuery
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const string MetadataPrefix = "metadata[";

    public static ApiError? Read(IQueryCollection query, int tenantId, out JobFilter? filter)
    {
        filter = null;
        var limit = DefaultLimit;
        if (query["limit"].ToString() is { Length: > 0 } limitText && !TryReadLimit(limitText, out limit))
        {
            return ApiError.Invalid("limit", $"expected an integer from 1 to {MaxLimit}.");
        }

        IReadOnlyList<JobState>? states = [];
        if (query["status"].ToString() is { Length: > 0 } status && (states = JobStatuses.StatesOf(status)) is null)
        {
            return ApiError.Invalid("status", $"expected one of {string.Join(", ", JobStatuses.All)}.");
        }

        JobId? after = null;
        if (query["after"].ToString() is { Length: > 0 } afterText)
        {
            if (!JobId.TryParse(afterText, out var id))
            {
                return ApiError.Invalid("after", "expected a job's id.");
            }

            after = id;
        }

        // One more than asked for: it says whether there are more.
        filter = new JobFilter(tenantId, states, Text(query, "model"), Text(query, "batch_id"), ReadMetadata(query), after, limit + 1);
        return null;
    }

    private static bool TryReadLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit;

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? Clean(text) : null;

    private static Dictionary<string, string> ReadMetadata(IQueryCollection query)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.Ordinal) && name.EndsWith(']'))
            {
                metadata[Clean(name[MetadataPrefix.Length..^1])] = Clean(value.ToString());
            }
        }

        return metadata;
    }

    /// <summary>PostgreSQL takes no NUL; nothing stored has one either, so the replacement finds nothing, as it should.</summary>
    private static string Clean(string text) => text.Replace('\0', '\uFFFD');
}
