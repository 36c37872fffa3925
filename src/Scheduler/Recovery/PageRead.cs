using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>For the dispatch loop: a page of a lane's queue, or null where the database did not answer.</summary>
internal sealed record PageRead(TenantLane Lane, IReadOnlyList<QueuedJob>? Jobs);
