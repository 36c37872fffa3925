namespace InferenceBroker.Persistence.Jobs;

/// <summary>The caller's key for a request that must make one job only. Unique within the tenant, kept 24 hours.</summary>
/// <param name="RequestHash">SHA-256 of the request, so that the same key with another request is refused.</param>
public sealed record IdempotencyKey(string Key, byte[] RequestHash);
