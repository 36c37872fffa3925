using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>For the dispatch loop: the database's answer to a round.</summary>
/// <param name="Claimed">Null where there was no answer: the claims may or may not be stored.</param>
internal sealed record ClaimEnded(List<IndexedJob> Round, IReadOnlySet<JobId>? Claimed);
