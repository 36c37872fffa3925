using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Relay;

public sealed class EventStreamTests
{
    [Fact]
    public async Task FinishedJob_IsReplayedToTheLetter()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await FinishedAsync(api);

        var text = await api.Http.GetStringAsync($"/v1/jobs/{id}/events");

        text.ShouldStartWith(
            $$"""
            id: 1
            event: job.queued
            data: {"type":"job.queued","sequence_number":1,"job_id":"{{id}}","url":"/v1/chat/completions","model":"model-a","created_at":1767323045}

            id: 2
            event: attempt.started
            data: {"type":"attempt.started","sequence_number":2,"job_id":"{{id}}","attempt":1,"provider":"sim","key":"default","model":"sim-1"}

            id: 3
            event: chunk
            data: {"type":"chunk","sequence_number":3,"job_id":"{{id}}","attempt":1,"chunk":{"n":0} }

            id: 4
            event: chunk
            """.Replace("} }", "}}", StringComparison.Ordinal)
        );
        text.ShouldEndWith("data: [DONE]\n\n");
        Types(text)
            .ShouldBe([
                .. new[] { "job.queued", "attempt.started", "chunk", "chunk", "attempt.ended" },
                .. new[] { "attempt.started", "chunk", "chunk", "chunk", "attempt.ended", "job.completed" },
            ]);
        Events(text)[^1].ShouldContain("\"job\":{\"id\"");
    }

    [Fact]
    public async Task RunningAttemptOfAPassThroughTarget_IsShownWithTheModelThatIsAskedFor()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        await api.Worker.StartAsync(id, model: "*");

        using var response = await api.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events?after_sequence=1");
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await ReadEventAsync(text)).ShouldContain("\"model\":\"model-a\"");
        (await api.Http.GetStringAsync($"/v1/jobs/{id}")).ShouldNotContain("\"model\":\"*\"");
    }

    /// <summary>For every place where a reader may be cut: what it had and what it gets then are the whole log, each event once.</summary>
    [Fact]
    public async Task Reader_CutAnywhere_GetsExactlyTheRest_AlsoFromAnotherApi()
    {
        await using var api = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync(api.World);
        var id = await FinishedAsync(api);
        var whole = Events(await api.Http.GetStringAsync($"/v1/jobs/{id}/events"));

        for (var cut = 0; cut <= whole.Count; cut++)
        {
            using var byHeader = await other.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events", null, ("Last-Event-ID", $"{cut}"));
            Events(await byHeader.Content.ReadAsStringAsync()).ShouldBe(whole.Skip(cut), $"cut after {cut}");
            var byQuery = await other.Http.GetStringAsync($"/v1/jobs/{id}/events?after_sequence={cut}");
            Events(byQuery).ShouldBe(whole.Skip(cut), $"cut after {cut}");
        }
    }

    /// <summary>The same while the job runs: the reader leaves and comes back after every single event.</summary>
    [Fact]
    public async Task Reader_CutAfterEveryEventOfARunningJob_MissesNothing()
    {
        await using var api = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync(api.World);
        var id = await api.SubmitAsync(stream: true);
        var seen = new List<string>();
        var running = RunAsync(api, id);

        for (var turn = 0; seen.Count == 0 || !seen[^1].Contains("job.completed", StringComparison.Ordinal); turn++)
        {
            var host = turn % 2 == 0 ? api : other;
            using var response = await host.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events", null, ("Last-Event-ID", $"{seen.Count}"));
            using var text = new StreamReader(await response.Content.ReadAsStreamAsync());
            seen.Add(await ReadEventAsync(text));
        }

        await running;
        seen.ShouldBe(Events(await api.Http.GetStringAsync($"/v1/jobs/{id}/events")));
    }

    [Fact]
    public async Task LiveReader_GetsFramesWithoutAskingTheDatabaseForEach()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync(stream: true);
        await api.Worker.StartAsync(id);
        using var response = await api.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadEventAsync(text);
        await ReadEventAsync(text);
        var reads = api.Store.LogReads;

        for (var i = 0; i < 10; i++)
        {
            await api.Worker.AppendAsync(id, $$"""{"n":{{i}}}""");
            (await ReadEventAsync(text)).ShouldContain($"\"n\":{i}");
        }

        api.Store.LogReads.ShouldBe(reads);
    }

    [Fact]
    public async Task LostRelayMessages_DelayButLoseNothing()
    {
        await using var api = await ApiHost.StartAsync();
        api.Bus.LosesMessages = true;
        var id = await api.SubmitAsync(stream: true);
        using var response = await api.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");
        await RunAsync(api, id);

        var text = await api.AdvanceUntilAsync(response.Content.ReadAsStringAsync());

        Events(text).ShouldBe(Events(await api.Http.GetStringAsync($"/v1/jobs/{id}/events")));
    }

    /// <summary>Far more is sent than the sockets between hold while the reader does not read, and the worker never waits for it.</summary>
    [Fact]
    public async Task SlowReader_HoldsNobodyUpAndStillGetsEverythingOnce()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync(stream: true);
        await api.Worker.StartAsync(id);
        using var slow = await api.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");
        var filler = new string('x', 16 * 1024);

        for (var i = 0; i < 1000; i++)
        {
            await api.Worker.AppendAsync(id, $$"""{"n":{{i}},"x":"{{filler}}"}""");
        }

        await api.Worker.CompleteAsync(id);

        var events = Events(await slow.Content.ReadAsStringAsync());
        events.Count.ShouldBe(1004);
        events
            .Where(e => e.Contains("\"chunk\"", StringComparison.Ordinal))
            .Select((e, i) => e.Contains($"\"n\":{i},", StringComparison.Ordinal))
            .ShouldAllBe(ok => ok);
    }

    [Fact]
    public async Task Cancelled_EndsTheLog()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        using var response = await api.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");

        (await api.PostAsync($"/v1/jobs/{id}/cancel", "")).Dispose();

        Types(await response.Content.ReadAsStringAsync()).ShouldBe(["job.queued", "job.cancelled"]);
    }

    [Theory]
    [InlineData("?after_sequence=x", "after_sequence")]
    [InlineData("?after_sequence=-1", "after_sequence")]
    public async Task WrongCursor_IsNamed(string query, string param)
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        var error = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}/events{query}"));

        error.GetProperty("error").GetProperty("param").GetString().ShouldBe(param);
    }

    private static async Task<JobId> FinishedAsync(ApiHost api)
    {
        var id = await api.SubmitAsync(stream: true);
        await RunAsync(api, id);
        return id;
    }

    /// <summary>An attempt that breaks off after two chunks, and one that succeeds with three.</summary>
    private static async Task RunAsync(ApiHost api, JobId id)
    {
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, """{"n":0}""", """{"n":1}""");
        await api.Worker.RequeueAsync(id, FailureClass.Transient);
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, """{"n":2}""");
        await api.Worker.AppendAsync(id, """{"n":3}""", """{"n":4}""");
        await api.Worker.CompleteAsync(id);
    }

    private static List<string> Events(string text) =>
        [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(e => e.StartsWith("id: ", StringComparison.Ordinal))];

    private static IEnumerable<string> Types(string text) => Events(text).Select(e => e.Split('\n')[1]["event: ".Length..]);

    private static async Task<string> ReadEventAsync(StreamReader text)
    {
        var lines = new StringBuilder();
        while (await text.ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Append(lines.Length == 0 ? "" : "\n").Append(line);
        }

        return lines.ToString();
    }
}
