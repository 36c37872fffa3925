namespace InferenceBroker.Scenarios.Traces;

/// <summary>How long calls take: log-normal times to the first token and for each further one, both scaled by a drift.</summary>
internal sealed class LatencyTrace(double firstSeconds, double secondsPerToken, double sigma, Drift drift, Random random)
{
    public static LatencyTrace Steady(double firstSeconds, double secondsPerToken, int seed) =>
        new(firstSeconds, secondsPerToken, 0.3, Drift.None, new Random(seed));

    public (TimeSpan First, TimeSpan All) Draw(int outputTokens, DateTimeOffset now)
    {
        var factor = drift.At(now);
        var first = random.NextLogNormal(firstSeconds * factor, sigma);
        var rest = random.NextLogNormal(secondsPerToken * factor, sigma / 2) * Math.Max(0, outputTokens - 1);
        return (TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(first + rest));
    }
}
