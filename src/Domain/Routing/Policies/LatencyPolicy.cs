namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>
/// Takes the faster one of two that chance names: (1) one pick in ten is any endpoint, so that a slow one is seen to have become fast;
/// (2) latency = time to first token + seconds per token × expected output tokens; (3) what is in flight scales it up, since its effect on the
/// latency is not measured yet: so all jobs of a burst do not go to the one that was fastest before it. Best of two instead of best of all
/// for the same reason.
/// </summary>
public sealed class LatencyPolicy : IScoringPolicy
{
    private const double Exploration = 0.1;

    // A full endpoint counts as five times as slow as an idle one.
    private const double LoadFactor = 4;

    public string Name => RoutingPolicies.Latency;

    public int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        if (candidates.Length == 1)
        {
            return 0;
        }

        var count = Participation.Draw(context, candidates);
        var explores = context.Chance() < Exploration;
        var first = context.Draw(count);
        var one = Participation.IndexOf(first, count, candidates);
        if (explores || count == 1)
        {
            return one;
        }

        var second = context.Draw(count - 1);
        var other = Participation.IndexOf(second < first ? second : second + 1, count, candidates);
        return ScoreOf(context, candidates[one]) <= ScoreOf(context, candidates[other]) ? one : other;
    }

    public void Score(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            ScoreOf(context, candidate);
        }
    }

    private static double ScoreOf(in PickContext context, Candidate candidate)
    {
        var seconds = ExpectedLatency.SecondsOf(candidate.Measures, context.Job);
        var used = candidate.Utilisation;
        var score = seconds * (1 + (LoadFactor * used));
        candidate.Terms = new ScoreTerms(Errors: 0, Latency: seconds, Utilisation: used, Cost: 0, Score: score);
        return score;
    }
}
