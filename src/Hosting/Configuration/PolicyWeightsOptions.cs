namespace InferenceBroker.Hosting.Configuration;

/// <summary>How much each term counts in the score of the policy <c>adaptive</c>. Only the proportions matter.</summary>
internal sealed class PolicyWeightsOptions
{
    /// <summary>The share of failed calls. Default 0.5.</summary>
    public decimal Errors { get; init; } = 0.5m;

    /// <summary>The expected latency against the fastest one's. Default 0.2.</summary>
    public decimal Latency { get; init; } = 0.2m;

    /// <summary>In-flight ÷ concurrency limit. Default 0.2.</summary>
    public decimal Utilisation { get; init; } = 0.2m;

    /// <summary>The expected price against the cheapest one's. Default 0.1.</summary>
    public decimal Cost { get; init; } = 0.1m;
}
