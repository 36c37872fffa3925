using System.Globalization;
using System.Text.Json;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// Reads the script in a model's name: <c>sim-</c>, then words joined by dashes, each with its number where it takes one, in any order:
/// <c>sim-fast-tokens-50</c>, <c>sim-429-3</c>, <c>sim-slow-2s-cut-5</c>. A name with a word that is not known is an ordinary model.
/// </summary>
internal static class SimulatedModelName
{
    private const string Prefix = "sim-";

    public static SimulatedScript Parse(string model)
    {
        var plain = new SimulatedScript { Model = JsonEncodedText.Encode(model) };
        if (!model.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return plain;
        }

        var words = new Queue<string>(model[Prefix.Length..].Split('-'));
        var script = plain;
        while (words.TryDequeue(out var word))
        {
            if (Read(script, word, words) is not { } next)
            {
                return plain;
            }

            script = next;
        }

        return script;
    }

    private static SimulatedScript? Read(SimulatedScript script, string word, Queue<string> rest)
    {
        switch (word)
        {
            case "echo":
                return script with { Echoes = true };
            case "fast":
                return script with { Latency = TimeSpan.Zero, TokensPerSecond = 0 };
            case "slow":
                var latency = rest.TryPeek(out var text) && !int.TryParse(text, out _) ? DurationText.Parse(text) : null;
                _ = latency is null ? null : rest.Dequeue();
                return script with { Latency = latency ?? TimeSpan.FromSeconds(2) };
            case "tokens":
                return Number(rest) is { } tokens and > 0 ? script with { OutputTokens = tokens } : null;
            case "rate":
                return Number(rest) is { } rate ? script with { TokensPerSecond = rate } : null;
            case "flaky":
                return script with
                {
                    Fault = new SimulatedFault(SimulatedOutcome.Error, 500),
                    FaultShare = Math.Min(Number(rest) ?? 50, 100) / 100d,
                };
            case "giveup":
                return script with { FinishReason = "error" };
            default:
                return SimulatedFault.Parse(word) is { } fault
                    ? script with
                    {
                        Fault = Number(rest) is { } number ? fault.With(number) : fault,
                    }
                    : null;
        }
    }

    private static int? Number(Queue<string> rest)
    {
        if (rest.TryPeek(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            rest.Dequeue();
            return number;
        }

        return null;
    }
}
