namespace InferenceBroker.Domain.Jobs;

/// <summary>The saga's answer to an event.</summary>
/// <param name="Next">The state after the event; the old one where the event was ignored or refused.</param>
public sealed record Transition(TransitionKind Kind, JobState Next, IReadOnlyList<JobCommand> Commands)
{
    public bool Moved => Kind == TransitionKind.Moved;
}
