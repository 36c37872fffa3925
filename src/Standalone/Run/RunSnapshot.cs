namespace InferenceBroker.Standalone.Run;

/// <summary>The figures of a run at one moment.</summary>
internal sealed record RunSnapshot
{
    public int Total { get; init; }

    public int Invalid { get; init; }

    public int AnsweredBefore { get; init; }

    public int Answered { get; init; }

    public int Failed { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CostNanoUsd { get; init; }

    /// <summary>Provider → lines that it answered after another provider had failed.</summary>
    public IReadOnlyDictionary<string, int> ReroutedTo { get; init; } = new Dictionary<string, int>();

    public long Tokens => InputTokens + OutputTokens;

    public int Done => Answered + Failed;
}
