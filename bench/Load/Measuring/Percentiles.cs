namespace InferenceBroker.Load.Measuring;

/// <summary>Percentiles of a small sample, by nearest rank.</summary>
internal static class Percentiles
{
    public static double Of(IReadOnlyCollection<double> sample, double share)
    {
        if (sample.Count == 0)
        {
            return double.NaN;
        }

        var sorted = sample.Order().ToArray();
        var rank = (int)Math.Ceiling(share * sorted.Length) - 1;
        return Math.Round(sorted[Math.Clamp(rank, 0, sorted.Length - 1)], 2);
    }
}
