namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>
/// Weighs everything that is known: (1) each term is 0 to 1, the score their weighted mean; (2) errors: half by the last minute, 30 % by the
/// last five, 20 % by the last hour; (3) latency and cost by how far they are from the best candidate's: 0 for the best, 0.5 for twice as
/// much; (4) the pick is by chance among those within 0.05 of the best score, so that equals share the work; (5) one pick in fifty is any
/// endpoint: a latency that is measured no more would stay as it was for ever.
/// </summary>
public sealed class AdaptivePolicy : IScoringPolicy
{
    private const double Closeness = 0.05;
    private const double Exploration = 0.02;

    public string Name => RoutingPolicies.Adaptive;

    public int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        Score(context, candidates);
        if (candidates.Length == 1)
        {
            return 0;
        }

        var count = Participation.Draw(context, candidates);
        if (context.Chance() >= Exploration)
        {
            count = KeepBest(candidates);
        }

        return Participation.IndexOf(context.Draw(count), count, candidates);
    }

    public void Score(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        var (fastest, cheapest) = BestOf(context, candidates);
        var weights = context.Weights;
        foreach (var candidate in candidates)
        {
            var errors = ErrorsOf(candidate.Measures);
            var latency = Excess(ExpectedLatency.SecondsOf(candidate.Measures, context.Job), fastest);
            var used = Math.Min(candidate.Utilisation, 1);
            var cost = Excess(candidate.Target.ExpectedNanoUsd(context.Job), cheapest);
            var sum = (weights.Errors * errors) + (weights.Latency * latency) + (weights.Utilisation * used) + (weights.Cost * cost);
            candidate.Terms = new ScoreTerms(errors, latency, used, cost, sum / weights.Sum);
        }
    }

    private static (double Fastest, double Cheapest) BestOf(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        var (fastest, cheapest) = (double.MaxValue, double.MaxValue);
        foreach (var candidate in candidates)
        {
            fastest = Math.Min(fastest, ExpectedLatency.SecondsOf(candidate.Measures, context.Job));
            cheapest = Math.Min(cheapest, candidate.Target.ExpectedNanoUsd(context.Job));
        }

        return (fastest, cheapest);
    }

    private static int KeepBest(ReadOnlySpan<Candidate> candidates)
    {
        var best = double.MaxValue;
        foreach (var candidate in candidates)
        {
            best = candidate.TakesPart ? Math.Min(best, candidate.Terms.Score) : best;
        }

        var count = 0;
        foreach (var candidate in candidates)
        {
            candidate.TakesPart = candidate.TakesPart && candidate.Terms.Score <= best + Closeness;
            count += candidate.TakesPart ? 1 : 0;
        }

        return count;
    }

    private static double ErrorsOf(IEndpointMeasures measures) =>
        (0.5 * measures.ErrorShareLastMinute) + (0.3 * measures.ErrorShareLastFiveMinutes) + (0.2 * measures.ErrorShareLastHour);

    private static double Excess(double value, double best) => value > best ? 1 - (best / value) : 0;
}
