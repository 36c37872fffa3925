namespace InferenceBroker.Domain.Routing;

/// <summary>
/// How a policy rated a candidate; the lowest score is the best. Terms that the policy does not look at are 0. <c>adaptive</c> has every term
/// from 0 to 1; the others have them in their own unit: seconds, billionths of a dollar.
/// </summary>
public readonly record struct ScoreTerms(double Errors, double Latency, double Utilisation, double Cost, double Score);
