namespace InferenceBroker.Contracts.Settlement;

/// <summary>Worker → scheduler: these attempts ended and are stored. Coalesced; a hint.</summary>
public sealed record AttemptsEnded
{
    public IReadOnlyList<AttemptEnded> Attempts { get; init; } = [];
}
