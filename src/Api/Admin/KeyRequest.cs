namespace InferenceBroker.Api.Admin;

/// <param name="Tenant">The tenant's name.</param>
/// <param name="ExpiresIn">Seconds, or null for a key without an end.</param>
internal sealed record KeyRequest(string? Tenant, string? Name, long? ExpiresIn);
