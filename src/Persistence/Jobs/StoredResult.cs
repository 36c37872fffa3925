namespace InferenceBroker.Persistence.Jobs;

/// <summary>The answer of a finished job.</summary>
public sealed record StoredResult(int StatusCode, byte[] Body);
