using System.Buffers;
using System.Globalization;

namespace InferenceBroker.Providers.Failures;

/// <summary>Durations as rate limit headers write them: <c>1s</c>, <c>6m0s</c>, <c>20ms</c>, <c>1h2m3.5s</c>, or a plain number of seconds.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Null: not a duration.</summary>
    public static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        var seconds = 0d;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            var number = digits < 0 ? text : text[..digits];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            var rest = digits < 0 ? [] : text[digits..];
            var end = rest.IndexOfAnyInRange('0', '9');
            var unit = end < 0 ? rest : rest[..end];
            if (UnitSeconds(unit) is not { } factor)
            {
                return null;
            }

            seconds += value * factor;
            text = end < 0 ? [] : rest[end..];
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
    }

    private static double? UnitSeconds(ReadOnlySpan<char> unit) =>
        unit switch
        {
            "" or "s" => 1,
            "ms" => 0.001,
            "us" or "µs" => 0.000001,
            "m" => 60,
            "h" => 3600,
            "d" => 86400,
            _ => null,
        };
}
