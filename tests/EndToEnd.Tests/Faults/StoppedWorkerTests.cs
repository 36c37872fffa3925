using System.Text.Json;
using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>
/// The promise: a worker that is told to stop finishes the calls that it can finish within its limit, hands the others back at no cost to their
/// jobs, and ends in good order.
/// </summary>
public sealed class StoppedWorkerTests
{
    private const int Short = 12;
    private const int Long = 8;
    private const int ShutdownSeconds = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // It has no reason to use much of the time that it may take for handing back.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(ShutdownSeconds + 5);

    [Fact]
    public async Task Stopped_worker_finishes_the_short_calls_and_hands_back_the_long_ones()
    {
        await using var cluster = await Clusters.StartAsync(
            workers: 2,
            configuration: Configuration,
            simulatorArguments: ["--jitter", "0", "--tokens-per-second", "0"],
            environment: new Dictionary<string, string> { ["Broker__Workers__ShutdownSeconds"] = $"{ShutdownSeconds}" }
        );
        var (stopped, other) = (cluster.Workers[0], cluster.Workers[1]);
        (await other.StopAsync(Limit)).ShouldBe(0, other.Output);
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, Long, "long");
        await ledger.SubmitManyAsync(Long, Short, "short");
        await WaitForCallsAsync(cluster, Long + Short);

        var stopping = stopped.StopAsync(StopLimit);
        await other.StartReadyAsync(Limit);
        (await stopping).ShouldBe(0, stopped.Output);

        await ledger.BalanceAsync();
        foreach (var (job, calls) in await ledger.ReadAsync(Long, Short))
        {
            OutcomesOf(job).ShouldBe(["succeeded"], job.ToString());
            calls.ShouldBe(1, job.ToString());
        }

        // One attempt is all that they have: had the hand-back cost it, they would have failed.
        foreach (var (job, calls) in await ledger.ReadAsync(0, Long))
        {
            OutcomesOf(job).ShouldBe(["handed_back", "succeeded"], job.ToString());
            calls.ShouldBe(2, job.ToString());
        }
    }

    private static Task WaitForCallsAsync(BrokerCluster cluster, int count)
    {
        var calls = 0;
        return Eventually.TrueAsync(
            async () => (calls = await SimulatorStats.CallsAsync(cluster)) == count,
            Limit,
            () => $"{calls} of {count} calls came"
        );
    }

    private static string?[] OutcomesOf(JsonElement job) =>
        [.. job.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("outcome").GetString())];

    private static string Configuration(Uri provider) =>
        $$"""
            {
              "providers": { "sim": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 32 } },
              "models": {
                "short": { "targets": [ { "provider": "sim", "model": "sim-slow-3s-echo", "weight": 1 } ] },
                "long": { "targets": [ { "provider": "sim", "model": "sim-slow-15s-echo", "weight": 1 } ] }
              },
              "limits": { "maxAttempts": 1 }
            }
            """;
}
