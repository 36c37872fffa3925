namespace InferenceBroker.Persistence.Tenants;

/// <summary>An owner of jobs and keys.</summary>
/// <param name="Weight">The tenant's share among the others, above 0.</param>
public sealed record Tenant(int Id, string Name, int Weight, DateTimeOffset CreatedAt);
