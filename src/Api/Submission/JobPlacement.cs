using System.Text;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>What is found out about a job when it is accepted and decides later where it goes.</summary>
/// <param name="Route">The route that a rule chose; null: the one of the model.</param>
/// <param name="Needs">What the job needs of a target, as flags.</param>
/// <param name="Affinity">Jobs with the same value share the beginning of their prompt; null where the route does not care.</param>
public readonly record struct JobPlacement(string? Route, int Needs, long? Affinity, int InputTokens)
{
    /// <summary>About the first 1,024 tokens, which is the least that providers cache.</summary>
    private const int AffinityBytes = 4_096;

    public static JobPlacement Of(Catalog catalog, in PlacementRequest request)
    {
        var traits = request.Traits;
        var tokens = TokenEstimate.Input(request.Body.Span, traits.MediaBytes, traits.MediaCount);
        var route = catalog.Rules.Rules.Count == 0 ? null : catalog.Rules.Match(FeaturesOf(request, tokens))?.Use;
        var affinity = catalog.FindRoute(route ?? request.Model)?.AffinityMargin is null ? null : AffinityOf(request);
        return new JobPlacement(route, (int)traits.Uses, affinity, tokens);
    }

    private static RequestFeatures FeaturesOf(PlacementRequest request, int tokens) =>
        new(request.Model, request.Tenant, tokens, request.Traits.Uses, request.Now)
        {
            Metadata = name => MetadataOf(request, name),
            Headers = name => HeaderOf(request.Headers, name),
        };

    private static string? MetadataOf(in PlacementRequest request, string name) =>
        request.Metadata is { } own
            ? MetadataText.Find(Encoding.UTF8.GetBytes(own), name)
            : MetadataText.Find(In(request.Received.Span, request.Traits.Metadata), name);

    private static string? HeaderOf(IHeaderDictionary? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private static long? AffinityOf(in PlacementRequest request)
    {
        var seed = StableHash.Of(request.Model);
        if (request.AffinityKey is { } key)
        {
            return StableHash.Of(Encoding.UTF8.GetBytes(key), seed);
        }

        var received = request.Received.Span;
        var traits = request.Traits;
        if (traits.CacheKey.End > traits.CacheKey.Start)
        {
            return StableHash.Of(In(received, traits.CacheKey), seed);
        }

        var prompt = In(received, traits.Prompt);
        return prompt.IsEmpty ? null : StableHash.Of(prompt[..Math.Min(prompt.Length, AffinityBytes)], seed);
    }

    private static ReadOnlySpan<byte> In(ReadOnlySpan<byte> received, ByteRange range) => received[range.Start..range.End];
}
