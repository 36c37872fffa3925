using InferenceBroker.Standalone.Hosts;

namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>The first and the last words of a run.</summary>
internal static class RunSummary
{
    public static string Start(RunSnapshot figures)
    {
        var invalid = figures.Invalid > 0 ? $", {figures.Invalid} invalid" : "";
        var done = figures.Answered > 0 ? $", {figures.Answered} of them answered by an earlier start" : "";
        return $"{figures.Total} valid lines{done}{invalid}.";
    }

    /// <summary>How to go on: a run that has started over would do so again if it were called in the same way.</summary>
    public static string SameCommand(bool hasStartedOver) => hasStartedOver ? "the same command without --fresh" : "the same command";

    public static IEnumerable<string> Lines(RunSnapshot figures, RunPaths paths, TimeSpan duration, string again)
    {
        var before = figures.AnsweredBefore > 0 ? $" ({figures.AnsweredBefore} by an earlier start)" : "";
        yield return $"{figures.Answered} answered{before}, {figures.Failed} failed, {figures.Invalid} invalid in {ProgressText.Duration(duration)}";
        yield return $"{figures.InputTokens} input and {figures.OutputTokens} output tokens, {ProgressText.Money(figures.CostNanoUsd)} USD";
        if (figures.ReroutedTo.Count > 0)
        {
            var providers = figures.ReroutedTo.OrderByDescending(r => r.Value).Select(r => $"{r.Value} by {r.Key}");
            yield return $"{figures.ReroutedTo.Values.Sum()} answered on another provider after a failure ({string.Join(", ", providers)})";
        }

        yield return $"results: {SetupText.Shorten(paths.Output)}";
        if (figures.Failed + figures.Invalid > 0)
        {
            yield return $"errors:  {SetupText.Shorten(paths.Errors)}";
        }

        if (figures.Failed > 0)
        {
            yield return $"{char.ToUpperInvariant(again[0])}{again[1..]} tries the failed lines again.";
        }
    }
}
