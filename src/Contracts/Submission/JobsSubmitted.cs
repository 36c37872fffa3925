namespace InferenceBroker.Contracts.Submission;

/// <summary>Api → scheduler: these jobs are stored as queued. A hint; the database is the authority.</summary>
public sealed record JobsSubmitted
{
    public IReadOnlyList<SubmittedJob> Jobs { get; init; } = [];
}
