using System.Globalization;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Reads a simulated provider's settings, as configuration and command line write them. Names are compared without regard to case.</summary>
public static class SimulatedSettings
{
    private static readonly Dictionary<string, SimulatedSetting> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["latencyMs"] = new("a number from 0 to 600000", (o, v) => Number(v, 0, 600_000) is { } n ? o with { LatencyMs = n } : null),
        ["jitter"] = new("a number from 0 to 1", (o, v) => Number(v, 0, 1) is { } n ? o with { Jitter = n } : null),
        ["tokensPerSecond"] = new(
            "a number from 0 to 1000000",
            (o, v) => Number(v, 0, 1e6) is { } n ? o with { TokensPerSecond = n } : null
        ),
        ["outputTokens"] = new("a whole number from 1 to 100000, or a range such as 20-60", OutputTokens),
        ["errorRate"] = new("a share from 0 to 1 such as 0.05, or several such as 500=0.02,429=0.01,hang=0.001", ErrorRates),
        ["requestsPerMinute"] = new("a whole number above 0", (o, v) => Whole(v) is { } n ? o with { RequestsPerMinute = n } : null),
        ["tokensPerMinute"] = new("a whole number above 0", (o, v) => Whole(v) is { } n ? o with { TokensPerMinute = n } : null),
        ["concurrency"] = new("a whole number above 0", (o, v) => Whole(v) is { } n ? o with { Concurrency = n } : null),
        ["seed"] = new("a whole number", (o, v) => int.TryParse(v, CultureInfo.InvariantCulture, out var n) ? o with { Seed = n } : null),
        ["dimensions"] = new("a whole number from 1 to 8192", (o, v) => Whole(v) is { } n and <= 8192 ? o with { Dimensions = n } : null),
        ["outage"] = new("off, error, hang or reset", Outage),
    };

    /// <summary>The names of all settings.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>All faults of the settings, each a sentence that names the key; none where they are right.</summary>
    public static IReadOnlyList<string> FindFaults(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var faults = new List<string>();
        Read(new SimulatedOptions(), settings, faults);
        return faults;
    }

    /// <exception cref="FormatException">A setting is wrong; the message lists all faults.</exception>
    public static SimulatedOptions Parse(IEnumerable<KeyValuePair<string, string>> settings) => Apply(new SimulatedOptions(), settings);

    /// <summary>Changes only what the settings name.</summary>
    /// <exception cref="FormatException">A setting is wrong; the message lists all faults.</exception>
    public static SimulatedOptions Apply(SimulatedOptions options, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var faults = new List<string>();
        var result = Read(options, settings, faults);
        return faults.Count == 0 ? result : throw new FormatException(string.Join(" ", faults));
    }

    private static SimulatedOptions Read(SimulatedOptions options, IEnumerable<KeyValuePair<string, string>> settings, List<string> faults)
    {
        foreach (var (name, value) in settings)
        {
            if (!Known.TryGetValue(name, out var setting))
            {
                faults.Add($"'{name}' is no setting of a simulated provider; there are {string.Join(", ", Known.Keys)}.");
            }
            else if (setting.Apply(options, value.Trim()) is { } changed)
            {
                options = changed;
            }
            else
            {
                faults.Add($"'{name}' is '{value}', but must be {setting.Expected}.");
            }
        }

        return options;
    }

    private static SimulatedOptions? OutputTokens(SimulatedOptions options, string value)
    {
        var dash = value.IndexOf('-');
        var least = Whole(dash < 0 ? value : value[..dash]);
        var most = dash < 0 ? least : Whole(value[(dash + 1)..]);
        return least is { } from && most is { } to and <= 100_000 && from <= to
            ? options with
            {
                LeastOutputTokens = from,
                MostOutputTokens = to,
            }
            : null;
    }

    private static SimulatedOptions? ErrorRates(SimulatedOptions options, string value)
    {
        var rates = new List<SimulatedFaultRate>();
        foreach (var part in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            var fault = SimulatedFault.Parse(equals < 0 ? "500" : part.AsSpan(0, equals).Trim());
            if (fault is null || Number(part[(equals + 1)..], 0, 1) is not { } share)
            {
                return null;
            }

            rates.Add(new SimulatedFaultRate(fault, share));
        }

        return rates.Sum(rate => rate.Share) <= 1 ? options with { ErrorRates = rates } : null;
    }

    private static SimulatedOptions? Outage(SimulatedOptions options, string value) =>
        value.ToLowerInvariant() switch
        {
            "off" or "false" => options with { Outage = SimulatedOutage.Off },
            "error" or "on" or "true" => options with { Outage = SimulatedOutage.Error },
            "hang" => options with { Outage = SimulatedOutage.Hang },
            "reset" => options with { Outage = SimulatedOutage.Reset },
            _ => null,
        };

    private static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
