namespace InferenceBroker.Domain.Jobs;

public enum TransitionKind
{
    /// <summary>The event was accepted; the state may be the same as before.</summary>
    Moved,

    /// <summary>Late or repeated, as expected: nothing changes, though commands may follow.</summary>
    Ignored,

    /// <summary>Cannot happen while fences are checked: a bug.</summary>
    Refused,
}
