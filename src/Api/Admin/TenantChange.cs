using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <summary>What is not there stays as it is.</summary>
/// <param name="Limits">See <see cref="LimitsReader"/>.</param>
internal sealed record TenantChange(int? Weight, JsonElement Limits) : AdminRequest;
