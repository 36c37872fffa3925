namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Takes the endpoint where the job's estimated tokens cost least; equals by least busy.</summary>
public sealed class CostPolicy : IScoringPolicy
{
    public string Name => RoutingPolicies.Cost;

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
            var price = candidate.Target.ExpectedNanoUsd(context.Job);
            candidate.Terms = new ScoreTerms(Errors: 0, Latency: 0, Utilisation: 0, Cost: price, Score: price);
        }
    }
}
