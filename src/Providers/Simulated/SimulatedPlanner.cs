using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// Decides what a call will do, from nothing but the options, the script, the request and the call's number: the same numbers give the same plans, in
/// whatever order the calls run.
/// </summary>
internal static class SimulatedPlanner
{
    private static readonly SimulatedFault Down = new(SimulatedOutcome.Error, 503);

    public static SimulatedPlan Plan(SimulatedOptions options, SimulatedScript script, SimulatedRequest request, long callNumber)
    {
        var chance = new SimulatedChance(options.Seed, callNumber);
        var fault = OutageOf(options.Outage) ?? DrawFault(options, script, ref chance);
        var latency = script.Latency ?? TimeSpan.FromMilliseconds(options.LatencyMs * (1 + (options.Jitter * ((2 * chance.Next()) - 1))));
        if (request.Operation == Operation.Embeddings)
        {
            return new SimulatedPlan(fault, latency, TimeSpan.Zero, 0, "stop");
        }

        var wanted = WantedTokens(options, script, request);
        var tokens = Math.Min(wanted, request.MaxTokens ?? int.MaxValue);
        var rate = script.TokensPerSecond ?? options.TokensPerSecond;
        var interval = rate > 0 ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
        return new SimulatedPlan(fault, latency, interval, tokens, script.FinishReason ?? (tokens < wanted ? "length" : "stop"));
    }

    private static SimulatedFault? OutageOf(SimulatedOutage outage) =>
        outage switch
        {
            SimulatedOutage.Error => Down,
            SimulatedOutage.Hang => SimulatedFault.Parse("hang"),
            SimulatedOutage.Reset => SimulatedFault.Parse("reset"),
            _ => null,
        };

    private static SimulatedFault? DrawFault(SimulatedOptions options, SimulatedScript script, ref SimulatedChance chance)
    {
        if (script.Fault is not null)
        {
            return chance.Next() < script.FaultShare ? script.Fault : null;
        }

        var drawn = chance.Next();
        foreach (var rate in options.ErrorRates)
        {
            if (drawn < rate.Share)
            {
                return rate.Fault;
            }

            drawn -= rate.Share;
        }

        return null;
    }

    private static int WantedTokens(SimulatedOptions options, SimulatedScript script, SimulatedRequest request)
    {
        if (script.Echoes)
        {
            return 1 + SimulatedTokens.CountWords(request.Prompt);
        }

        var spread = (uint)(options.MostOutputTokens - options.LeastOutputTokens + 1);
        return script.OutputTokens ?? (options.LeastOutputTokens + (int)(request.PromptHash % spread));
    }
}
