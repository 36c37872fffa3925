namespace InferenceBroker.Domain.Routing;

/// <summary>A public model name with its targets, policy and fallbacks.</summary>
/// <param name="Name">Exact, or with one <c>*</c> at the end; <c>*</c> alone takes every model.</param>
/// <param name="Policy">A name of <see cref="RoutingPolicies"/>.</param>
/// <param name="Fallbacks">Names of other routes, tried in order once this route's targets failed for a job.</param>
public sealed record ModelRoute(string Name, string Policy, IReadOnlyList<Target> Targets, IReadOnlyList<string> Fallbacks)
{
    /// <summary>Of the policy <c>adaptive</c>.</summary>
    public AdaptiveWeights PolicyWeights { get; init; } = AdaptiveWeights.Standard;

    /// <summary>
    /// Prompt-cache affinity: a job prefers the endpoint that served the last one like it, unless that one has so many more in flight than the
    /// least busy one. Null: off.
    /// </summary>
    public int? AffinityMargin { get; init; }

    /// <summary>The route that takes jobs which are too long for every target of this one. Null: none.</summary>
    public string? LargerContext { get; init; }

    /// <summary>A job that a provider's content filter refused goes to the fallbacks instead of failing.</summary>
    public bool FallbackOnContentFilter { get; init; }

    /// <summary>True where the name ends with <c>*</c>.</summary>
    public bool IsPattern => Name.EndsWith('*');

    public bool Matches(string model) =>
        IsPattern ? model.StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : Name == model;
}
