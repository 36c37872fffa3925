namespace InferenceBroker.Scenarios.Traces;

/// <summary>Draws beyond the uniform ones.</summary>
internal static class Normal
{
    /// <summary>From the standard normal distribution, by Box and Muller.</summary>
    public static double NextNormal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>From a log-normal distribution.</summary>
    public static double NextLogNormal(this Random random, double median, double sigma) => median * Math.Exp(sigma * random.NextNormal());

    /// <summary>The time to the next event of a Poisson process.</summary>
    public static TimeSpan NextGap(this Random random, double perSecond) =>
        TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);
}
