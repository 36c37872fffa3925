namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Names the jobs that a question is about.</summary>
public sealed record JobsQuestion
{
    /// <summary>Those beyond the first 100 are not looked at.</summary>
    public IReadOnlyList<Guid> JobIds { get; init; } = [];
}
