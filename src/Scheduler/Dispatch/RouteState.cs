using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Inquiries;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>A model route at run time.</summary>
/// <param name="candidates">Those of one target stand together, the targets in their order.</param>
internal sealed class RouteState(ModelRoute route, IRoutingPolicy policy, Candidate[] candidates)
{
    public ModelRoute Route { get; } = route;

    public IRoutingPolicy Policy { get; } = policy;

    public ReadOnlySpan<Candidate> Candidates => candidates;

    /// <summary>Of the jobs that asked for this route, wherever they went.</summary>
    public DispatchRate Rate { get; } = new();

    /// <summary>The round in which none of its endpoints could take even the smallest job.</summary>
    public long BlockedIn { get; set; }
}
