using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>For the dispatch loop: what the database has in flight.</summary>
/// <param name="Number">From <see cref="InFlightCheck.BeginRead"/>.</param>
internal sealed record InFlightRead(int Number, IReadOnlyList<InFlightJob> Jobs);
