using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>One model route.</summary>
internal sealed class ModelOptions
{
    /// <summary>How a target is chosen: a name of <see cref="RoutingPolicies"/>. Default <c>weighted</c>.</summary>
    public string Policy { get; init; } = RoutingPolicies.Weighted;

    /// <summary>At least one.</summary>
    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];

    /// <summary>Names of other routes, tried in order once the targets failed for a job. Default: none.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>How much each term counts in the policy <c>adaptive</c>.</summary>
    public PolicyWeightsOptions PolicyWeights { get; init; } = new();

    /// <summary>Jobs with the same prompt prefer the endpoint that served the last one of them. Default false.</summary>
    public bool Affinity { get; init; }

    /// <summary>How many more jobs in flight than the least busy endpoint the preferred one may have, 0 to 10,000. Default 4.</summary>
    public int AffinityMargin { get; init; } = 4;

    /// <summary>The route for jobs that are too long for the targets of this one. Default: none.</summary>
    public string? LargerContext { get; init; }

    /// <summary>A job that a provider's content filter refused goes to the fallbacks instead of failing. Default false.</summary>
    public bool FallbackOnContentFilter { get; init; }
}
