using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>Writes down every accepted job and compares afterwards what was accepted with what came out.</summary>
internal sealed class Ledger(BrokerCluster cluster)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan SubmitLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> _accepted = new();

    public int Accepted => _accepted.Count;

    /// <summary>
    /// Submits a job as a careful client does: with an idempotency key, again on another Api process when the connection breaks or the
    /// broker says that it cannot store it now.
    /// </summary>
    public Task SubmitAsync(int number, string model)
    {
        var attempt = 0;
        var last = "";
        return Eventually.TrueAsync(
            async () =>
            {
                using var client = cluster.CreateClient((number + attempt++) % cluster.Apis.Count);
                try
                {
                    return await TrySubmitAsync(client, number, model);
                }
                catch (HttpRequestException exception)
                {
                    // The process was killed, or cannot store it now; the next one is asked.
                    last = exception.Message;
                    return false;
                }
            },
            SubmitLimit,
            () => $"job {number} was not accepted by anybody: {last}"
        );
    }

    public async Task SubmitManyAsync(int first, int count, string model, int atOnce = 8) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (number, _) => await SubmitAsync(number, model)
        );

    /// <summary>Waits until the given number of accepted jobs has ended.</summary>
    public async Task WaitForEndedAsync(int count, int api = 0)
    {
        using var client = cluster.CreateClient(api);
        var ended = new HashSet<string>();
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var id in _accepted.Keys.Where(id => !ended.Contains(id)).ToArray())
                {
                    var job = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}");
                    if (job.GetProperty("status").GetString() is not ("queued" or "in_progress"))
                    {
                        ended.Add(id);
                    }
                    else if (ended.Count + 50 < count)
                    {
                        // Far from it: look at the others later.
                        break;
                    }
                }

                return ended.Count >= count;
            },
            EndLimit,
            () => $"{ended.Count} of {count} jobs ended.{Environment.NewLine}{Logs()}"
        );
    }

    /// <summary>
    /// Every accepted id ended exactly once and completed, each with its own answer; and no provider call was repeated without an attempt
    /// that says why.
    /// </summary>
    public async Task BalanceAsync(int api = 0)
    {
        await WaitForEndedAsync(_accepted.Count, api);
        _accepted.Values.Distinct().Count().ShouldBe(_accepted.Count, "an idempotency key made two jobs");
        using var client = cluster.CreateClient(api);
        var calls = await SimulatorStats.CallsByJobAsync(cluster);
        foreach (var (id, number) in _accepted)
        {
            var job = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}");
            job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
            AnswerOf(job).ShouldContain(PromptOf(number), customMessage: $"{id} holds another job's answer");
            CheckAttempts(job, calls.GetValueOrDefault(id));
            await CheckLogAsync(client, id);
        }
    }

    /// <summary>The jobs with these numbers, as the broker shows them, and how often each was called.</summary>
    public async Task<IReadOnlyList<(JsonElement Job, int Calls)>> ReadAsync(int first, int count)
    {
        using var client = cluster.CreateClient();
        var calls = await SimulatorStats.CallsByJobAsync(cluster);
        var jobs = new List<(JsonElement, int)>();
        foreach (var id in _accepted.Where(a => a.Value >= first && a.Value < first + count).Select(a => a.Key))
        {
            jobs.Add((await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}"), calls.GetValueOrDefault(id)));
        }

        return jobs;
    }

    private async Task<bool> TrySubmitAsync(HttpClient client, int number, string model)
    {
        var job = new
        {
            url = "/v1/chat/completions",
            body = new { model, messages = new[] { new { role = "user", content = PromptOf(number) } } },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = JsonContent.Create(job) };
        request.Headers.Add("Idempotency-Key", $"ledger-{number}");
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
        {
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            _accepted[id] = number;
            return true;
        }

        ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500, await answer.Content.ReadAsStringAsync());
        throw new HttpRequestException($"{(int)answer.StatusCode}");
    }

    /// <summary>Every accepted job ended completed, with its own answer, after one attempt that succeeded: for tests with several providers.</summary>
    public async Task AllCompletedAsync(int api = 0)
    {
        await WaitForEndedAsync(_accepted.Count, api);
        using var client = cluster.CreateClient(api);
        foreach (var (id, number) in _accepted)
        {
            var job = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}");
            job.GetProperty("status").GetString().ShouldBe("completed", job.ToString());
            AnswerOf(job).ShouldContain(PromptOf(number), customMessage: $"{id} holds another job's answer");
        }
    }

    private static string PromptOf(int number) => $"Ticket {number:D6}: what is to be done?";

    private static string AnswerOf(JsonElement job) =>
        job.GetProperty("response")
            .GetProperty("body")
            .GetProperty("choices")[0]
            .GetProperty("message")
            .GetProperty("content")
            .GetString()!;

    private static void CheckAttempts(JsonElement job, int calls)
    {
        var attempts = job.GetProperty("attempts").EnumerateArray().ToArray();
        attempts.Count(a => a.GetProperty("outcome").GetString() == "succeeded").ShouldBe(1, job.ToString());
        calls.ShouldBeInRange(1, attempts.Length, $"calls without an attempt: {job}");
        foreach (var attempt in attempts.Where(a => a.GetProperty("outcome").GetString() == "failed"))
        {
            attempt.GetProperty("failure").GetString().ShouldNotBeNullOrEmpty(job.ToString());
        }
    }

    /// <summary>The log has increasing sequence numbers and exactly one terminal event, its last.</summary>
    private static async Task CheckLogAsync(HttpClient client, string id)
    {
        var log = await client.GetStringAsync(new Uri($"/v1/jobs/{id}/events", UriKind.Relative));
        var events = log.Split('\n')
            .Where(l => l.StartsWith("data: {", StringComparison.Ordinal))
            .Select(l => JsonDocument.Parse(l["data: ".Length..]).RootElement)
            .ToArray();
        var numbers = events.Select(e => e.GetProperty("sequence_number").GetInt32()).ToArray();
        numbers.ShouldBe([.. numbers.Distinct().Order()], $"{id}: {log}");
        var terminal = events.Where(e =>
            e.GetProperty("type").GetString() is "job.completed" or "job.failed" or "job.cancelled" or "job.expired"
        );
        terminal.Count().ShouldBe(1, log);
        events[^1].GetProperty("type").GetString().ShouldBe("job.completed", log);
    }

    private string Logs() =>
        string.Join(
            Environment.NewLine,
            cluster.Schedulers.Concat(cluster.Workers).Concat(cluster.Apis).Select(p => $"── {p.Role}: {Tail(p.Output)}")
        );

    private static string Tail(string output) => output.Length > 3000 ? output[^3000..] : output;
}
