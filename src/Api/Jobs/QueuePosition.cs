namespace InferenceBroker.Api.Jobs;

/// <summary>Where a queued job stands.</summary>
/// <param name="Position">From 1: in the order in which its tenant's jobs are served where the scheduler says so, else among those of its tenant and lane.</param>
/// <param name="EtaSeconds">Null where nothing went on lately to judge by.</param>
internal readonly record struct QueuePosition(int Position, int? EtaSeconds);
