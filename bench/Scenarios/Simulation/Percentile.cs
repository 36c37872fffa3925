namespace InferenceBroker.Scenarios.Simulation;

/// <summary>Figures of many jobs.</summary>
internal static class Percentile
{
    /// <summary>The value that a share of all does not exceed; 0 where there are none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)];
    }
}
