namespace InferenceBroker.Providers.Simulated;

/// <summary>Everything that one simulated call will do.</summary>
/// <param name="Latency">Until the first token, or the headers of a plain answer without its tokens' time.</param>
/// <param name="TokenInterval">Between two tokens.</param>
/// <param name="OutputTokens">How many tokens the answer has, the mark included.</param>
internal sealed record SimulatedPlan(SimulatedFault? Fault, TimeSpan Latency, TimeSpan TokenInterval, int OutputTokens, string FinishReason)
{
    public SimulatedOutcome Outcome => Fault?.Outcome ?? SimulatedOutcome.Answer;
}
