using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InferenceBroker.Messaging.Inquiries;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Answers what a test has prepared; otherwise nobody leads.</summary>
internal sealed class FakeLeader : ILeaderInquiry
{
    private readonly Dictionary<string, Func<string, string>> _answers = [];

    public List<(string Kind, string Payload)> Asked { get; } = [];

    public int Partitions => 1;

    public int PartitionOf(string model) => 0;

    public void Answer<T>(string kind, JsonTypeInfo<T> type, Func<string, T> answer) =>
        _answers[kind] = question => JsonSerializer.Serialize(answer(question), type);

    public Task<string?> AskAsync(int partition, string kind, string payload, TimeSpan? limit, CancellationToken cancellationToken)
    {
        Asked.Add((kind, payload));
        return Task.FromResult(_answers.TryGetValue(kind, out var answer) ? answer(payload) : null);
    }
}
