namespace InferenceBroker.Domain.Routing;

/// <summary>
/// Chooses among the targets of a route. Called by one thread at a time; holds no state of its own: clock, chance and counts come with the
/// arguments, and what it has to remember it keeps in the targets.
/// </summary>
public interface IRoutingPolicy
{
    /// <summary>The value of a route's <c>policy</c> that selects this policy.</summary>
    string Name { get; }

    /// <summary>Picks the target for the next attempt.</summary>
    /// <param name="available">Those that have credit for the job and did not fail it before; never empty.</param>
    /// <returns>An index into <paramref name="available"/>.</returns>
    int Pick(JobEstimate job, ReadOnlySpan<TargetState> available);
}
