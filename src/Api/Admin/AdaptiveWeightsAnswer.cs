using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

internal sealed record AdaptiveWeightsAnswer(double Errors, double Latency, double Utilisation, double Cost)
{
    public static AdaptiveWeightsAnswer Of(AdaptiveWeights weights) =>
        new(weights.Errors, weights.Latency, weights.Utilisation, weights.Cost);
}
