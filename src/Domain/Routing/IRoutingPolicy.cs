namespace InferenceBroker.Domain.Routing;

/// <summary>
/// Chooses among the endpoints of a route. Called by one thread at a time; holds no state of its own: clock, chance and counts come with the
/// arguments, and what it has to remember it keeps in the candidates and their targets. Allocates nothing.
/// </summary>
public interface IRoutingPolicy
{
    /// <summary>The value of a route's <c>policy</c> that selects this policy.</summary>
    string Name { get; }

    /// <summary>Picks the endpoint for the next attempt. One whose share is cut by its health gets about that much of what it would get.</summary>
    /// <param name="candidates">Those that can serve the job and have credit for it, in the order of the targets; never empty.</param>
    /// <returns>An index into <paramref name="candidates"/>.</returns>
    int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates);
}
