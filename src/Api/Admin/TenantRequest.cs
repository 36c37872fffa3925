namespace InferenceBroker.Api.Admin;

internal sealed record TenantRequest(string? Name, int? Weight);
