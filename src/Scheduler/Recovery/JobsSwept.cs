using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>For the dispatch loop: jobs that a sweep moved.</summary>
internal sealed record JobsSwept(IReadOnlyList<SweptJob> Jobs);
