using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <summary>What the leader knows of the endpoints at this moment: health, use, budget left. Thread safe.</summary>
internal interface IEndpointStates
{
    /// <summary>By endpoint, written <c>provider/key/model</c>; each an object to show as it is. Empty: nobody knows.</summary>
    Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(CancellationToken cancellationToken);
}
