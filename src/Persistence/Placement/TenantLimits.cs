using System.Text.Json;

namespace InferenceBroker.Persistence.Placement;

public sealed record TenantLimits
{
    public int? RequestsPerMinute { get; init; }
    public int? TokensPerMinute { get; init; }
    public int? InputTokensPerMinute { get; init; }
    public int? OutputTokensPerMinute { get; init; }
    public int? MaxInFlight { get; init; }
    public int? MaxInFlightPerBatch { get; init; }
    public decimal? UsdPerDay { get; init; }
    public decimal? UsdPerMonth { get; init; }

    public static TenantLimits Parse(string? json) =>
        json is null ? new() : JsonSerializer.Deserialize<TenantLimits>(json, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower })!;
}
