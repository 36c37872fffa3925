using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

public sealed class RunSessionTests : RunSessionScene
{
    [Fact]
    public async Task Every_line_is_submitted_once_as_a_batch_job_and_its_answer_written()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        Messages.OnSubmitted = Answer;

        var figures = await RunAsync();

        figures.Answered.ShouldBe(2);
        figures.Tokens.ShouldBe(30);
        figures.CostNanoUsd.ShouldBe(2000);
        Store.Inserted.ShouldAllBe(j => j.Lane == Lane.Batch && j.TenantId == 7 && j.BatchId!.StartsWith("run_"));
        Store.Inserted.Select(j => j.CustomId).ShouldBe(["a", "b"]);
        Messages.Submitted.Select(s => s.JobId).ShouldBe(Store.Inserted.Select(j => j.Id.Value));
        var line = JsonDocument.Parse(OutputLines()[0]).RootElement;
        line.GetProperty("custom_id").GetString().ShouldBe("a");
        line.GetProperty("id").GetString().ShouldStartWith("batch_req_");
        line.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        var response = line.GetProperty("response");
        response.GetProperty("status_code").GetInt32().ShouldBe(200);
        response.GetProperty("request_id").GetString().ShouldBe(Store.Inserted[0].Id.ToString());
        response.GetProperty("body").GetRawText().ShouldBe("""{"ok":true}""");
        File.Exists(Errors).ShouldBeFalse();
    }

    [Fact]
    public async Task Invalid_lines_are_reported_with_number_and_reason_and_stop_nothing()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), "nonsense", Lines.Chat("a"), Lines.Chat("b", model: "unknown"), Lines.Chat("c"));
        Messages.OnSubmitted = Answer;

        var figures = await RunAsync();

        (figures.Total, figures.Answered, figures.Invalid).ShouldBe((2, 2, 3));
        ErrorsOf().ShouldBe([(2, null, "invalid_json_line"), (3, "a", "duplicate_custom_id"), (4, "b", "model_not_found")]);
    }

    [Fact]
    public async Task Not_more_lines_than_the_limit_are_in_the_broker_at_once()
    {
        Folder.Write("in.jsonl", [.. Enumerable.Range(0, 40).Select(i => Lines.Chat($"line-{i}"))]);
        Messages.OnSubmitted = Answer;

        var figures = await RunAsync(concurrency: 3);

        figures.Answered.ShouldBe(40);
        Store.MostUnfinished.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task An_answer_over_several_lines_becomes_one_line()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"));
        Messages.OnSubmitted = job =>
        {
            Store.Complete(new JobId(job.JobId), "{\n  \"text\": \"grüße\"\r\n}");
            Messages.TellEnded(job.JobId);
        };

        await RunAsync();

        OutputLines().ShouldHaveSingleItem().ShouldContain(""" "body":{"text":"grüße"}""".Trim());
    }

    [Fact]
    public async Task Answers_by_another_provider_after_a_failure_are_counted()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"));
        Messages.OnSubmitted = job =>
        {
            Store.Complete(
                new JobId(job.JobId),
                "{}",
                FakeJobStore.Attempt(1, "sim-a/default/*", AttemptOutcome.Failed),
                FakeJobStore.Attempt(2, "sim-b/default/*", AttemptOutcome.Succeeded)
            );
            Messages.TellEnded(job.JobId);
        };

        (await RunAsync()).ReroutedTo.ShouldBe(new Dictionary<string, int> { ["sim-b"] = 1 });
    }
}
