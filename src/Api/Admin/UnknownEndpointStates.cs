using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <summary>Knows nothing: for an Api that cannot ask the leader.</summary>
internal sealed class UnknownEndpointStates : IEndpointStates
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>();

    public Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Nothing);
}
