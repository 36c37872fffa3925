using System.Text.Json;
using System.Text.Json.Serialization;

namespace InferenceBroker.Api.Admin;

/// <summary>A body of the administration. What it has beyond its own fields is refused: a mistyped limit must not be ignored silently.</summary>
internal abstract record AdminRequest
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
