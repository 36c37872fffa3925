using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Controls;

/// <summary>For the dispatch loop: these dispatched jobs, which no worker had taken yet, are queued again.</summary>
internal sealed record JobsRecalled(IReadOnlyList<QueuedJob> Jobs);
