namespace InferenceBroker.Domain.Health;

/// <summary>Something that is parked.</summary>
/// <param name="Since">When it was first parked for this reason without a success since.</param>
/// <param name="Until">When it is tried again. Null: not by itself.</param>
public sealed record Parking(ParkingReason Reason, DateTimeOffset Since, DateTimeOffset? Until);
