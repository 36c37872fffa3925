namespace InferenceBroker.Api.Jobs;

/// <summary>Where a queued job stands.</summary>
/// <param name="Position">From 1, among the queued jobs of its tenant and lane.</param>
/// <param name="EtaSeconds">Null where nothing has ended lately to judge by.</param>
internal readonly record struct QueuePosition(int Position, int? EtaSeconds);
