namespace InferenceBroker.Persistence.Placement;

/// <summary>Calls that started at an endpoint within one second for one key, for rebuilding budgets.</summary>
/// <param name="Second">The start of the second.</param>
/// <param name="InputTokens">As used, or as estimated where the usage is unknown.</param>
public sealed record RecentUse(
    string Endpoint,
    int TenantId,
    int ApiKeyId,
    DateTimeOffset Second,
    long Calls,
    long InputTokens,
    long OutputTokens
);
