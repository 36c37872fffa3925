namespace InferenceBroker.Persistence.Leadership;

/// <summary>A won lease. Every scheduler write names the term, so that a leader that was paused past its lease cannot act.</summary>
/// <param name="Name">The lease, for example <c>scheduler-0</c>: one for each scheduler partition.</param>
/// <param name="Term">Grows with every change of leader.</param>
public readonly record struct LeaderTerm(string Name, long Term);
