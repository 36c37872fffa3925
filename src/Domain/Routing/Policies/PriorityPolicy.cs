namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Takes the first target in the order of the configuration; among its keys the least busy one.</summary>
public sealed class PriorityPolicy : IScoringPolicy
{
    public string Name => RoutingPolicies.Priority;

    public int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        Score(context, candidates);
        Participation.Draw(context, candidates);
        return LowestScore.Pick(candidates);
    }

    public void Score(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            candidate.Terms = new ScoreTerms(Errors: 0, Latency: 0, Utilisation: 0, Cost: 0, Score: candidate.Target.Order);
        }
    }
}
