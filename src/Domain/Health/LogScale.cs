namespace InferenceBroker.Domain.Health;

/// <summary>
/// Buckets whose bounds grow by the fourth root of 2 (19 %): a bucket's middle is off by 9 % at most, over seven orders of magnitude.
/// </summary>
internal static class LogScale
{
    public const int Buckets = 96;

    private const int PerDoubling = 4;

    /// <param name="smallest">The lower bound of the first bucket.</param>
    public static int IndexOf(double value, double smallest) =>
        value <= smallest ? 0 : Math.Min((int)(Math.Log2(value / smallest) * PerDoubling), Buckets - 1);

    /// <summary>The geometric middle of a bucket.</summary>
    public static double Middle(int index, double smallest) => smallest * double.Exp2((index + 0.5) / PerDoubling);

    /// <summary>The bucket in which the given share of all counts is reached.</summary>
    public static int Quantile(ReadOnlySpan<int> counts, int total, double share)
    {
        var rest = Math.Max(1, (int)Math.Ceiling(total * share));
        for (var i = 0; i < counts.Length; i++)
        {
            rest -= counts[i];
            if (rest <= 0)
            {
                return i;
            }
        }

        return counts.Length - 1;
    }
}
