using System.Text.Json;

namespace InferenceBroker.Persistence.Placement;

/// <summary>What a tenant, or one of its keys, may use. Each limit is above 0, or null: none.</summary>
public sealed record TenantLimits
{
    public static TenantLimits None { get; } = new();

    public int? RequestsPerMinute { get; init; }

    /// <summary>Input and output together.</summary>
    public int? TokensPerMinute { get; init; }

    public int? InputTokensPerMinute { get; init; }

    public int? OutputTokensPerMinute { get; init; }

    /// <summary>Jobs that are dispatched or running.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>The same of each batch.</summary>
    public int? MaxInFlightPerBatch { get; init; }

    /// <summary>A day begins at midnight UTC.</summary>
    public decimal? UsdPerDay { get; init; }

    /// <summary>A month begins on its first day at midnight UTC.</summary>
    public decimal? UsdPerMonth { get; init; }

    /// <param name="json">As <see cref="LimitsRecord"/> has it.</param>
    public static TenantLimits Parse(string? json) =>
        json is null ? None : JsonSerializer.Deserialize(json, TenantLimitsJson.Default.TenantLimits) ?? None;

    /// <summary>Null: no limits.</summary>
    public string? ToJson() => this == None ? null : JsonSerializer.Serialize(this, TenantLimitsJson.Default.TenantLimits);
}
