using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class RouteFaultsTests
{
    [Fact]
    public void Contradictory_limits_and_unknown_routes_are_reported() =>
        Faults(
                """
                { "providers": { "sim": { "kind": "simulated", "concurrency": 8, "keys": [
                      { "name": "a", "concurrency": 9 },
                      { "name": "b", "concurrency": 8, "tokensPerMinute": 1000, "inputTokensPerMinute": 1001, "outputTokensPerMinute": 1002 },
                      { "name": "c", "inputTokensPerMinute": 5000 } ] } },
                  "models": { "m": { "targets": [ { "provider": "sim", "contextTokens": 0, "tools": "perhaps" } ], "largerContext": "huge",
                                     "policyWeights": { "errors": 0, "latency": 0, "utilisation": 0, "cost": 0, "speed": 1 }, "affinityMargin": -1 } } }
                """
            )
            .ShouldBe(
                [
                    "models.m.targets[0].contextTokens: '0' is not allowed (a whole number from 1 to 2147483647)",
                    "models.m.targets[0].tools: 'perhaps' is not allowed (true or false)",
                    "models.m.policyWeights.speed: 'speed' is not known here (errors, latency, utilisation, cost)",
                    "models.m.affinityMargin: '-1' is not allowed (a whole number from 0 to 10000)",
                    "providers.sim.keys[0].concurrency: '9' is above the provider's concurrency, which is '8'",
                    "providers.sim.keys[1].inputTokensPerMinute: '1001' is above tokensPerMinute (input and output together), which is '1000'",
                    "providers.sim.keys[1].outputTokensPerMinute: '1002' is above tokensPerMinute (input and output together), which is '1000'",
                    "models.m.policyWeights: all are 0; at least one has to be above",
                    "models.m.largerContext: 'huge' is not a configured model (m)",
                ],
                ignoreOrder: true
            );
}
