namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>For the dispatch loop: a message to a provider's queue was not confirmed.</summary>
internal sealed record SendFailed(string Provider);
