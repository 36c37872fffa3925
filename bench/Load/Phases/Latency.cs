using InferenceBroker.Domain.Jobs;
using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Reporting;
using InferenceBroker.Load.Rigs;

namespace InferenceBroker.Load.Phases;

/// <summary>One job at a time on an idle system.</summary>
internal static class Latency
{
    private const string DirectModel = "sim-fast";

    public static async Task<LatencyFigures> RunAsync(IRig rig, int jobs, int promptBytes)
    {
        using var broker = new ApiClient(rig.Api, rig.ApiKey, 4);
        using var provider = new ApiClient(rig.Provider, null, 4);
        var accepts = new List<double>();
        var results = new List<double>();
        var synchronous = new List<double>();
        var firstTokens = new List<double>();
        var direct = new List<double>();
        var directFirstTokens = new List<double>();
        for (var number = 0; number < jobs; number++)
        {
            var plain = Prompts.Chat(BenchConfiguration.Model, number, promptBytes);
            await SubmitAsync(rig, broker, plain, accepts, results);
            synchronous.Add(await TimeAsync(() => broker.CompleteAsync(plain)));
            firstTokens.Add(
                (await broker.FirstTokenAsync(Prompts.Chat(BenchConfiguration.Model, number, promptBytes, stream: true))).TotalMilliseconds
            );
            direct.Add(await TimeAsync(() => provider.CompleteAsync(Prompts.Chat(DirectModel, number, promptBytes))));
            directFirstTokens.Add(
                (await provider.FirstTokenAsync(Prompts.Chat(DirectModel, number, promptBytes, stream: true))).TotalMilliseconds
            );
        }

        return new LatencyFigures
        {
            AcceptP50Ms = Percentiles.Of(accepts, 0.5),
            ResultP50Ms = Percentiles.Of(results, 0.5),
            ResultP99Ms = Percentiles.Of(results, 0.99),
            SynchronousP50Ms = Percentiles.Of(synchronous, 0.5),
            FirstTokenP50Ms = Percentiles.Of(firstTokens, 0.5),
            FirstTokenP99Ms = Percentiles.Of(firstTokens, 0.99),
            ProviderP50Ms = Percentiles.Of(direct, 0.5),
            ProviderFirstTokenP50Ms = Percentiles.Of(directFirstTokens, 0.5),
        };
    }

    private static async Task SubmitAsync(IRig rig, ApiClient broker, byte[] body, List<double> accepts, List<double> results)
    {
        var time = TimeProvider.System;
        var sent = time.GetTimestamp();
        var text = await broker.SubmitAsync(body);
        accepts.Add(time.GetElapsedTime(sent).TotalMilliseconds);
        _ = JobId.TryParse(text, out var id);

        // Looking again and again is the one way to see the commit itself; the pause leaves the processors to the broker.
        while (true)
        {
            var found = await rig.Store.FindManyAsync([id], CancellationToken.None);
            if (found is [{ Job.State: JobState.Completed }])
            {
                break;
            }

            if (found is [{ } other] && other.Job.State.IsTerminal())
            {
                throw new InvalidOperationException($"{id} ended as {other.Job.State}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), time, CancellationToken.None);
        }

        results.Add(time.GetElapsedTime(sent).TotalMilliseconds);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = TimeProvider.System.GetTimestamp();
        await action();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
