using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>For the dispatch loop: how many queued jobs the database has.</summary>
internal sealed record QueueCounted(IReadOnlyList<QueueCount> Counts);
