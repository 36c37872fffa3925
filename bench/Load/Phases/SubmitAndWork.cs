using System.Collections.Concurrent;
using System.Globalization;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Reporting;
using InferenceBroker.Load.Rigs;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Load.Phases;

/// <summary>Many connections, each submitting one job after the other, while the jobs are worked.</summary>
internal static class SubmitAndWork
{
    public static async Task<SubmitFigures> RunAsync(IRig rig, int jobs, int connections, int promptBytes)
    {
        using var client = new ApiClient(rig.Api, rig.ApiKey, connections);
        var time = TimeProvider.System;
        var ids = new ConcurrentBag<JobId>();
        var accepts = new ConcurrentBag<double>();
        var next = 0;
        var started = time.GetUtcNow();
        var timestamp = time.GetTimestamp();

        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    for (var number = Interlocked.Increment(ref next); number <= jobs; number = Interlocked.Increment(ref next))
                    {
                        var sent = time.GetTimestamp();
                        var id = await client.SubmitAsync(Prompts.Chat(BenchConfiguration.Model, number, promptBytes));
                        accepts.Add(time.GetElapsedTime(sent).TotalMilliseconds);
                        ids.Add(Parse(id));
                    }
                })
        );

        var accepted = time.GetElapsedTime(timestamp);
        var last = await LastEndedAsync(rig, [.. ids]);
        return new SubmitFigures
        {
            Jobs = jobs,
            Connections = connections,
            JobsPerSecond = Math.Round(jobs / (last - started).TotalSeconds, 1),
            AcceptedPerSecond = Math.Round(jobs / accepted.TotalSeconds, 1),
            AcceptP50Ms = Percentiles.Of(accepts, 0.5),
            AcceptP99Ms = Percentiles.Of(accepts, 0.99),
        };
    }

    private static JobId Parse(string id) =>
        JobId.TryParse(id, out var parsed)
            ? parsed
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{id}' is no job id."));

    private static async Task<DateTimeOffset> LastEndedAsync(IRig rig, JobId[] ids)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var page in ids.Chunk(500))
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    var jobs = await rig.Store.FindManyAsync(page, CancellationToken.None);
                    if (jobs.Any(j => !j.Job.State.IsTerminal()))
                    {
                        return false;
                    }

                    if (jobs.Count != page.Length || jobs.Any(j => j.Job.State != JobState.Completed))
                    {
                        throw new InvalidOperationException("An accepted job is missing or did not complete.");
                    }

                    last = jobs.Select(j => j.Job.EndedAt!.Value).Append(last).Max();
                    return true;
                },
                TimeSpan.FromMinutes(2),
                () => "accepted jobs did not end"
            );
        }

        return last;
    }
}
