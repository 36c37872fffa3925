using System.Text.Json;
using InferenceBroker.Api.Explain;
using InferenceBroker.Messaging.Inquiries;

namespace InferenceBroker.Api.Admin;

/// <summary>Asks the leaders of all partitions.</summary>
internal sealed class LeaderEndpointStates(LeaderQuestions questions) : IEndpointStates
{
    public async Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, questions.Partitions).Select(partition => questions.ReadAsync(partition, cancellationToken))
        );
        var states = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var state in answers.SelectMany(answer => answer ?? []))
        {
            states[state.Endpoint] = JsonSerializer.SerializeToElement(state, InquiryJson.Default.EndpointState);
        }

        return states;
    }
}
