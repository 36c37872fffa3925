using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <param name="Tenant">The tenant's name.</param>
/// <param name="ExpiresIn">Seconds, or null for a key without an end.</param>
/// <param name="Limits">See <see cref="LimitsReader"/>.</param>
internal sealed record KeyRequest(string? Tenant, string? Name, long? ExpiresIn, JsonElement Limits) : AdminRequest;
