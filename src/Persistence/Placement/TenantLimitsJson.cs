using System.Text.Json.Serialization;

namespace InferenceBroker.Persistence.Placement;

/// <summary>Source-generated JSON of limits, in snake case; limits that are not set are left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(TenantLimits))]
internal sealed partial class TenantLimitsJson : JsonSerializerContext;
