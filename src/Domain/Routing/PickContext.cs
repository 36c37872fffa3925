namespace InferenceBroker.Domain.Routing;

/// <summary>What a pick depends on besides the candidates.</summary>
/// <param name="Chance">Gives numbers from 0 up to, not including, 1.</param>
/// <param name="Weights">Of the policy <c>adaptive</c>.</param>
public readonly record struct PickContext(JobEstimate Job, DateTimeOffset Now, Func<double> Chance, AdaptiveWeights Weights)
{
    public PickContext(JobEstimate job, DateTimeOffset now, Func<double> chance)
        : this(job, now, chance, AdaptiveWeights.Standard) { }

    /// <summary>A whole number from 0 up to, not including, <paramref name="count"/>.</summary>
    internal int Draw(int count) => Math.Min((int)(Chance() * count), count - 1);
}
