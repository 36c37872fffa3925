using System.Net;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public async Task Get_FinishedJob_IsWrittenToTheLetter()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        await api.Worker.StartAsync(id);
        api.World.Time.Advance(TimeSpan.FromMilliseconds(1500));
        await api.Worker.CompleteAsync(id, "{\n \"id\": \"x\"\n}");

        (await api.Http.GetStringAsync($"/v1/jobs/{id}")).ShouldBe(
            $$"""
            {"id":"{{id}}","object":"job","status":"completed","status_reason":null,"url":"/v1/chat/completions","model":"model-a","priority":5,"created_at":1767323045,"started_at":1767323045,"completed_at":1767323046,"expires_at":null,"queue":null,"response":{"status_code":200,"body":{"id":"x"} },"error":null,"usage":{"input_tokens":12,"output_tokens":5,"total_tokens":17},"cost":0.00031,"cache":"miss","attempts":[{"number":1,"provider":"sim","key":"default","model":"sim-1","outcome":"succeeded","failure":null,"started_at_ms":1767323045000,"ended_at_ms":1767323046500,"ttft_ms":null,"usage":{"input_tokens":12,"output_tokens":5,"total_tokens":17},"cost":0.00031}],"metadata":{},"batch_id":null}
            """.Replace("} },", "}},", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Get_QueuedJob_SaysWhereItStands()
    {
        await using var api = await ApiHost.StartAsync();
        await api.SubmitAsync();
        api.World.Time.Advance(TimeSpan.FromMilliseconds(5));
        var second = await api.SubmitAsync();

        var job = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{second}"));

        job.GetProperty("queue").GetRawText().ShouldBe("""{"position":2,"eta_seconds":null}""");
    }

    [Fact]
    public async Task Get_FailedJob_HasTheErrorAndTheFailureOfItsAttempt()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.FailAsync(id, FailureClass.Transient, new JobFailure("transient", "It broke.", "upstream_error", null), 502);

        var job = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}"));

        job.GetProperty("error")
            .GetRawText()
            .ShouldBe("""{"code":"transient","message":"It broke.","type":"upstream_error","param":null}""");
        job.GetProperty("attempts")[0].GetProperty("failure").GetString().ShouldBe("transient");
    }

    [Fact]
    public async Task Get_WithWait_ReturnsAsSoonAsTheJobEnds()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        var call = api.Http.GetAsync($"/v1/jobs/{id}?wait=60");
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);

        var job = await ApiHost.JsonAsync(await call);
        job.GetProperty("status").GetString().ShouldBe("completed");
    }

    [Theory]
    [InlineData("?wait=0", "wait")]
    [InlineData("?wait=61", "wait")]
    public async Task Get_WrongWait_IsNamed(string query, string param)
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        var error = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}{query}"));

        error.GetProperty("error").GetProperty("param").GetString().ShouldBe(param);
    }

    [Theory]
    [InlineData("job_00000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task Get_UnknownJob_Is404(string id)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Http.GetAsync($"/v1/jobs/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ApiHost.JsonAsync(response)).GetProperty("error").GetProperty("code").GetString().ShouldBe("job_not_found");
    }

    [Fact]
    public async Task List_PagesFromNewestToOldest()
    {
        await using var api = await ApiHost.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            api.World.Time.Advance(TimeSpan.FromMilliseconds(5));
            ids.Insert(0, (await api.SubmitAsync()).ToString());
        }

        var first = await ApiHost.JsonAsync(await api.Http.GetAsync("/v1/jobs?limit=3"));
        var second = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs?limit=3&after={first.GetProperty("last_id")}"));

        first.GetProperty("first_id").GetString().ShouldBe(ids[0]);
        first.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        second.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        first
            .GetProperty("data")
            .EnumerateArray()
            .Concat(second.GetProperty("data").EnumerateArray())
            .Select(j => j.GetProperty("id").GetString())
            .ShouldBe(ids);
    }

    [Fact]
    public async Task List_FiltersByStatusModelAndMetadata()
    {
        await using var api = await ApiHost.StartAsync();
        (await api.PostAsync("/v1/jobs", """{"body":{"model":"model-b","messages":[{}]},"metadata":{"task":"x"} }""")).Dispose();
        var wanted = await api.Worker.NextAsync();
        await api.SubmitAsync();

        foreach (var query in new[] { "model=model-b", "metadata[task]=x", "status=queued&model=model-b" })
        {
            var list = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs?{query}"));
            list.GetProperty("data").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(wanted.ToString(), query);
        }

        (await ApiHost.JsonAsync(await api.Http.GetAsync("/v1/jobs?status=completed")))
            .GetRawText()
            .ShouldBe("""{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}""");
        (await api.Http.GetAsync("/v1/jobs?status=odd")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await api.Http.GetAsync("/v1/jobs?limit=101")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Cancel_QueuedJob_EndsItAtOnceAndTwiceIsTheSame()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        for (var i = 0; i < 2; i++)
        {
            var job = await ApiHost.JsonAsync(await api.PostAsync($"/v1/jobs/{id}/cancel", ""));
            job.GetProperty("status").GetString().ShouldBe("cancelled");
        }

        api.Bus.Ended.ShouldBe([id.Value]);
    }

    [Fact]
    public async Task Cancel_DispatchedJob_GivesTheReservationBack()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        api.Store.Change(id, j => j.Stored = j.Stored with { State = JobState.Dispatched, Fence = 3, Endpoint = "sim/default/sim-1" });

        (await api.PostAsync($"/v1/jobs/{id}/cancel", "")).Dispose();

        var released = api.Bus.Attempts.Single();
        released.Endpoint.ShouldBe("sim/default/sim-1");
        released.Fence.ShouldBe(3);
        released.Failure.ShouldBe((short)FailureClass.HandedBack);
    }

    [Fact]
    public async Task Cancel_RunningJob_AsksItsWorker()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        await api.Worker.StartAsync(id);

        var job = await ApiHost.JsonAsync(await api.PostAsync($"/v1/jobs/{id}/cancel", ""));

        job.GetProperty("status").GetString().ShouldBe("in_progress");
        (await api.Bus.CancelRequests.ReadAsync()).ShouldBe(id.Value);
        api.Bus.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_RemovesFinishedJobsOnly()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        (await api.Http.DeleteAsync($"/v1/jobs/{id}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);

        var answer = await api.Http.DeleteAsync($"/v1/jobs/{id}");

        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{id}}","object":"job","deleted":true}""");
        (await api.Http.GetAsync($"/v1/jobs/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Models_AreExactNamesWithPatternsBeside()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.Http.GetStringAsync("/v1/models")).ShouldBe(
            """{"object":"list","data":[{"id":"model-a","object":"model","created":0,"owned_by":"inference-broker"},{"id":"model-b","object":"model","created":0,"owned_by":"inference-broker"}],"patterns":["sim-*"]}"""
        );
        (await api.Http.GetAsync("/v1/models/sim-org/7b")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Http.GetAsync("/v1/models/nope")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
