using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>Which jobs of a tenant to list, newest first.</summary>
/// <param name="After">Only jobs older than this one.</param>
/// <param name="Limit">1 to 101.</param>
public sealed record JobFilter(
    int TenantId,
    IReadOnlyList<JobState> States,
    string? Model,
    string? BatchId,
    IReadOnlyDictionary<string, string> Metadata,
    JobId? After,
    int Limit
);
