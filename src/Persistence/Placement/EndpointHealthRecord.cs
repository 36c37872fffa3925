namespace InferenceBroker.Persistence.Placement;

/// <summary>What a leader leaves to the next one about an endpoint.</summary>
/// <param name="Endpoint"><c>provider/key/model</c>.</param>
/// <param name="Snapshot">JSON, as the scheduler writes and reads it.</param>
public sealed record EndpointHealthRecord(string Endpoint, string Snapshot, DateTimeOffset UpdatedAt);
