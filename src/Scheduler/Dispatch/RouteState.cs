using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>A model route at run time.</summary>
/// <param name="fallbacks">Names of routes.</param>
internal sealed class RouteState(IRoutingPolicy policy, IReadOnlyList<TargetState> targets, IReadOnlyList<string> fallbacks)
{
    public IRoutingPolicy Policy { get; } = policy;

    public IReadOnlyList<TargetState> Targets { get; } = targets;

    public IReadOnlyList<string> Fallbacks { get; } = fallbacks;

    /// <summary>The round in which none of its endpoints could take even the smallest job.</summary>
    public long BlockedIn { get; set; }
}
