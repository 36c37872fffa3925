using System.Net;
using InferenceBroker.Domain.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Submission;

public sealed class SubmissionTests
{
    private const string Chat = """{"model":"model-a","messages":[{"role":"user","content":"Hi"}]}""";

    [Fact]
    public async Task Job_IsAnsweredAtOnceWithTheWholeObject()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.PostAsync(
            "/v1/jobs",
            $$"""{"body":{{Chat}},"priority":8,"expires_in":60,"metadata":{"task":"x"} }"""
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = api.Store.All.Single();
        response.Headers.Location!.ToString().ShouldBe($"/v1/jobs/{job.Stored.Id}");
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            $$"""
            {"id":"{{job.Stored.Id}}","object":"job","status":"queued","status_reason":"waiting for capacity","url":"/v1/chat/completions","model":"model-a","priority":8,"created_at":1767323045,"started_at":null,"completed_at":null,"expires_at":1767323105,"queue":null,"response":null,"error":null,"usage":null,"cost":0,"cache":"miss","attempts":[],"metadata":{"task":"x"},"batch_id":null}
            """
        );
        job.Submitted.Lane.ShouldBe(Lane.Interactive);
        job.Submitted.TenantId.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, Lane.Idle)]
    [InlineData(3, Lane.Batch)]
    [InlineData(5, Lane.Standard)]
    [InlineData(7, Lane.Interactive)]
    public async Task Priority_ChoosesTheLane(int priority, Lane lane)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}},"priority":{{priority}}}""");

        (await api.Bus.Submitted.ReadAsync()).Lane.ShouldBe((short)lane);
        api.Store.All.Single().Submitted.Lane.ShouldBe(lane);
    }

    [Fact]
    public async Task Fields_AreStoredWithTheJob()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.PostAsync(
            "/v1/jobs",
            """
            {"url":"/v1/embeddings","body":{"model":"sim-x","input":"text"},"not_before":"2026-01-02T04:00:00Z","deadline":"2026-01-03T00:00:00+01:00",
             "max_cost":0.25,"replay":"if_no_output","fallbacks":["model-b"],"cache":"exact","affinity":"a-1",
             "webhook_url":"https://example.com/hook","webhook_events":["job.completed"]}
            """
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = api.Store.All.Single().Submitted;
        job.Operation.ShouldBe(Operation.Embeddings);
        job.Deadline.ShouldBe(new DateTimeOffset(2026, 1, 2, 23, 0, 0, TimeSpan.Zero));
        job.Deadline!.Value.Offset.ShouldBe(TimeSpan.Zero);
        job.NotBefore.ShouldBe(new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero));
        job.MaxCostNanoUsd.ShouldBe(250_000_000);
        job.Replay.ShouldBe(ReplayPolicy.IfNoOutput);
        job.Fallbacks.ShouldBe(["model-b"]);
        job.Options.ShouldBe(
            """{"cache":"exact","affinity":"a-1","webhook_url":"https://example.com/hook","webhook_events":["job.completed"]}"""
        );
    }

    [Fact]
    public async Task Wait_AnswersWithTheFinishedJob()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Prefer", "wait=10"));
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);
        using var response = await api.AdvanceUntilAsync(call);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiHost.JsonAsync(response)).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task Wait_IsOver_AnswersWithTheUnfinishedJob()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.AdvanceUntilAsync(api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Prefer", "wait=5")));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await ApiHost.JsonAsync(response)).GetProperty("status").GetString().ShouldBe("queued");
    }

    [Fact]
    public async Task IdempotencyKey_TwentyAtOnce_MakeOneJob()
    {
        await using var api = await ApiHost.StartAsync();

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Idempotency-Key", "k-1")))
        );

        responses.ShouldAllBe(r => r.StatusCode == HttpStatusCode.Accepted);
        var ids = await Task.WhenAll(responses.Select(async r => (await ApiHost.JsonAsync(r)).GetProperty("id").GetString()));
        ids.Distinct().Count().ShouldBe(1);
        api.Store.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task IdempotencyKey_OfAFinishedJob_AnswersWithIt()
    {
        await using var api = await ApiHost.StartAsync();
        using var first = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Idempotency-Key", "k-1"));
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);

        using var second = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Idempotency-Key", "k-1"));

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiHost.JsonAsync(second)).GetProperty("id").GetString().ShouldBe(id.ToString());
    }

    [Fact]
    public async Task IdempotencyKey_WithAnotherBody_IsRefusedForGood()
    {
        await using var api = await ApiHost.StartAsync();
        using var first = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("Idempotency-Key", "k-1"));

        using var second = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}},"priority":1}""", ("Idempotency-Key", "k-1"));

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        second.Headers.GetValues("x-should-retry").Single().ShouldBe("false");
        (await ApiHost.JsonAsync(second)).GetProperty("error").GetProperty("code").GetString().ShouldBe("idempotency_key_reused");
    }
}
