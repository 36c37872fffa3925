namespace InferenceBroker.Persistence.Placement;

/// <summary>What a key spent on a day (UTC).</summary>
/// <param name="CostNanoUsd">Billionths of a US dollar.</param>
public sealed record SpendRecord(int TenantId, int ApiKeyId, DateOnly Day, long CostNanoUsd);
