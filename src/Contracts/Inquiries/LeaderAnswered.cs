namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Scheduler → the process that asked.</summary>
public sealed record LeaderAnswered
{
    public Guid QuestionId { get; init; }

    /// <summary>The answer as JSON.</summary>
    public string Payload { get; init; } = "";
}
