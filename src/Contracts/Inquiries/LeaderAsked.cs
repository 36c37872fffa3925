namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Api → the leading scheduler: a question about what only its memory holds. Nobody may answer: the one who asks waits for a moment only.</summary>
public sealed record LeaderAsked
{
    public Guid QuestionId { get; init; }

    /// <summary>The queue of the process that asks.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>One of the messaging project.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The question as JSON.</summary>
    public string Payload { get; init; } = "";
}
