using System.Net;
using System.Text.Json;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Explain;

public sealed class ExplainTests
{
    private static readonly RouteStanding Route = new()
    {
        Route = "model-a",
        Policy = "weighted",
        InUse = true,
        Candidates =
        [
            new CandidateStanding
            {
                Endpoint = "sim/default/sim-1",
                Eligible = true,
                Weight = 1,
            },
        ],
    };

    [Fact]
    public async Task A_queued_job_says_why_it_waits_where_it_stands_and_for_how_long()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        Wait(api, id, "waiting for tokens/min at azure-eu, about 14 s", position: 12, eta: 9);

        var job = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}"));

        job.GetProperty("status_reason").GetString().ShouldBe("waiting for tokens/min at azure-eu, about 14 s");
        job.GetProperty("queue").GetRawText().ShouldBe("""{"position":12,"eta_seconds":9}""");
    }

    [Fact]
    public async Task Without_a_leader_a_queued_job_is_read_as_ever_and_the_leader_is_left_alone_for_a_moment()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        for (var i = 0; i < 3; i++)
        {
            var job = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}"));
            job.GetProperty("status_reason").GetString().ShouldBe("waiting for capacity");
            job.GetProperty("queue").GetProperty("position").GetInt32().ShouldBe(1);
        }

        api.World.Leader.Asked.Count.ShouldBe(1);
        api.World.Time.Advance(TimeSpan.FromSeconds(3));
        await api.Http.GetAsync($"/v1/jobs/{id}");
        api.World.Leader.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_waiting_job_is_explained_by_its_routes()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        Explain(
            api,
            new JobPlacement
            {
                Job = new WaitingJob { Reason = "its turn is next", Position = 1 },
                Routes = [Route],
            }
        );

        var answer = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}/explain"));

        answer.GetProperty("object").GetString().ShouldBe("job.explanation");
        answer.GetProperty("job_id").GetString().ShouldBe(id.ToString());
        answer.GetProperty("status_reason").GetString().ShouldBe("its turn is next");
        var route = answer.GetProperty("routes")[0];
        route.GetProperty("in_use").GetBoolean().ShouldBeTrue();
        route.GetProperty("candidates")[0].GetProperty("in_flight").GetInt32().ShouldBe(0);
        answer.GetProperty("note").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Each_attempt_has_its_decision_and_a_forgotten_one_is_noted()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.FailAsync(id, FailureClass.Transient, new JobFailure("transient", "It broke.", "upstream_error", null), 502);

        Explain(
            api,
            new JobPlacement { Decisions = [Decision(api, fence: 1, "other/default/m"), Decision(api, fence: 3, "sim/default/sim-1")] }
        );
        var known = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}/explain"));
        Explain(api, new JobPlacement());
        var forgotten = await ApiHost.JsonAsync(await api.Http.GetAsync($"/v1/jobs/{id}/explain"));

        var attempt = known.GetProperty("attempts")[0];
        attempt.GetProperty("endpoint").GetString().ShouldBe("sim/default/sim-1");
        attempt.GetProperty("failure").GetString().ShouldBe("transient");
        attempt.GetProperty("decision").GetProperty("fence").GetInt64().ShouldBe(3);
        forgotten.GetProperty("attempts")[0].GetProperty("decision").ValueKind.ShouldBe(JsonValueKind.Null);
        forgotten.GetProperty("note").GetString().ShouldStartWith("The scheduler remembers its latest decisions only.");
    }

    [Fact]
    public async Task Without_a_leader_there_is_no_explanation_and_the_client_comes_back()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();

        using var response = await api.Http.GetAsync($"/v1/jobs/{id}/explain");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.Http.GetAsync($"/v1/jobs/{JobId.Create(api.World.Time)}/explain")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_dry_run_needs_the_admin_key_stores_nothing_and_says_where_the_request_would_go()
    {
        await using var api = await ApiHost.StartAsync();
        RequestQuestion? asked = null;
        api.World.Leader.Answer(
            InquiryKinds.ExplainRequest,
            InquiryJson.Default.RequestPlacement,
            question =>
            {
                asked = JsonSerializer.Deserialize(question, InquiryJson.Default.RequestQuestion);
                return new RequestPlacement { Endpoint = "sim/default/sim-1", Routes = [Route] };
            }
        );
        const string Body =
            """{"tenant":"default","body":{"model":"model-a","messages":[{"role":"user","content":"Hi"}],"max_tokens":300}}""";

        (await api.PostAsync("/admin/explain", Body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var answer = await ApiHost.JsonAsync(await api.PostAsync("/admin/explain", Body, ("Authorization", $"Bearer {ApiHost.AdminKey}")));

        answer.GetProperty("object").GetString().ShouldBe("request.explanation");
        answer.GetProperty("endpoint").GetString().ShouldBe("sim/default/sim-1");
        answer.GetProperty("estimated_output_tokens").GetInt32().ShouldBe(300);
        asked!.Model.ShouldBe("model-a");
        asked.TenantId.ShouldBe(1);
        api.Bus.Submitted.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"tenant":"nobody","body":{"model":"model-a","messages":[{"role":"user","content":"Hi"}]}}""", HttpStatusCode.NotFound)]
    [InlineData("""{"body":{"model":"model-a"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"tenant":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":{"model":"model-a","messages":[{"role":"user","content":"Hi"}]}}""", HttpStatusCode.ServiceUnavailable)]
    public async Task A_dry_run_that_cannot_be_answered_says_why(string body, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync("/admin/explain", body, ("Authorization", $"Bearer {ApiHost.AdminKey}"))).StatusCode.ShouldBe(status);
    }

    private static PlacementDecision Decision(ApiHost api, long fence, string endpoint) =>
        new()
        {
            Fence = fence,
            DecidedAt = api.World.Time.GetUtcNow(),
            Candidates = [new CandidateStanding { Endpoint = endpoint, Picked = true }],
        };

    private static void Explain(ApiHost api, JobPlacement placement) =>
        api.World.Leader.Answer(InquiryKinds.ExplainJob, InquiryJson.Default.JobPlacement, _ => placement);

    private static void Wait(ApiHost api, JobId id, string reason, int position, int eta) =>
        api.World.Leader.Answer(
            InquiryKinds.Waiting,
            InquiryJson.Default.WaitingJobs,
            _ => new WaitingJobs
            {
                Jobs =
                [
                    new WaitingJob
                    {
                        JobId = id.Value,
                        Reason = reason,
                        Position = position,
                        EtaSeconds = eta,
                    },
                ],
            }
        );
}
