using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <param name="Id"><c>provider/key/model</c>.</param>
/// <param name="State">As the leader has it. Null: unknown.</param>
internal sealed record EndpointAnswer(string Id, ControlAnswer? Control, JsonElement? State);
