using System.Text.Json.Serialization;

namespace InferenceBroker.Scheduler.Health;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthSnapshot))]
internal sealed partial class HealthJson : JsonSerializerContext;
