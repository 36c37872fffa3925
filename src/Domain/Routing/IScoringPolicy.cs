namespace InferenceBroker.Domain.Routing;

/// <summary>A policy that rates candidates. <see cref="IRoutingPolicy.Pick"/> uses the very values that <see cref="Score"/> shows.</summary>
public interface IScoringPolicy : IRoutingPolicy
{
    /// <summary>Writes each candidate's <see cref="Candidate.Terms"/>. Picks nothing, uses no chance.</summary>
    void Score(in PickContext context, ReadOnlySpan<Candidate> candidates);
}
