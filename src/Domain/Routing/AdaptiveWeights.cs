namespace InferenceBroker.Domain.Routing;

/// <summary>How much each term counts in the score of the policy <c>adaptive</c>. Only their proportions matter; at least one is above 0.</summary>
public sealed record AdaptiveWeights(double Errors, double Latency, double Utilisation, double Cost)
{
    public static AdaptiveWeights Standard { get; } = new(Errors: 0.5, Latency: 0.2, Utilisation: 0.2, Cost: 0.1);

    public double Sum => Errors + Latency + Utilisation + Cost;
}
