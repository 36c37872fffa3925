namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Takes the endpoint with the lowest in-flight ÷ concurrency limit.</summary>
public sealed class LeastBusyPolicy : IScoringPolicy
{
    public string Name => RoutingPolicies.LeastBusy;

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
            var used = candidate.Utilisation;
            candidate.Terms = new ScoreTerms(Errors: 0, Latency: 0, Utilisation: used, Cost: 0, Score: used);
        }
    }
}
