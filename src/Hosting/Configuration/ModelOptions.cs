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
}
