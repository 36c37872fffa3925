using System.Globalization;

namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>How figures are written for people, the same in the bar, the plain lines and the summary.</summary>
internal static class ProgressText
{
    /// <summary><c>120/200 · 14.2/s · 31.4k tokens · 2 failed · ETA 00:06</c></summary>
    public static string Line(RunSnapshot figures, double perSecond) =>
        string.Join(
            " · ",
            $"{figures.Done}/{figures.Total}",
            $"{Rate(perSecond)}/s",
            $"{Count(figures.Tokens)} tokens",
            $"{figures.Failed} failed",
            $"ETA {Remaining(figures, perSecond)}"
        );

    public static string Remaining(RunSnapshot figures, double perSecond)
    {
        var left = figures.Total - figures.Done;
        return left <= 0 ? "00:00"
            : perSecond <= 0 ? "--:--"
            : Duration(TimeSpan.FromSeconds(Math.Min(left / perSecond, 359_999)));
    }

    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes:00}:{time.Seconds:00}";

    public static string Count(long value) =>
        value switch
        {
            < 10_000 => value.ToString(CultureInfo.InvariantCulture),
            < 10_000_000 => (value / 1_000d).ToString("0.0", CultureInfo.InvariantCulture) + "k",
            _ => (value / 1_000_000d).ToString("0.0", CultureInfo.InvariantCulture) + "M",
        };

    public static string Money(long nanoUsd) =>
        (nanoUsd / 1e9m).ToString(nanoUsd < 1_000_000_000 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    private static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
