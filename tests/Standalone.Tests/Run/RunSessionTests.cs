using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

public sealed class RunSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T12:00:00Z"));
    private readonly FakeJobStore _store;
    private readonly FakeMessages _messages = new();

    public RunSessionTests() => _store = new FakeJobStore(_time);

    public void Dispose() => _folder.Dispose();

    private string Output => _folder.File("out.jsonl");

    private string Errors => _folder.File("out.errors.jsonl");

    [Fact]
    public async Task Every_line_is_submitted_once_as_a_batch_job_and_its_answer_written()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        _messages.OnSubmitted = Answer;

        var figures = await RunAsync();

        figures.Answered.ShouldBe(2);
        figures.Tokens.ShouldBe(30);
        figures.CostNanoUsd.ShouldBe(2000);
        _store.Inserted.ShouldAllBe(j => j.Lane == Lane.Batch && j.TenantId == 7 && j.BatchId!.StartsWith("run_"));
        _store.Inserted.Select(j => j.CustomId).ShouldBe(["a", "b"]);
        _messages.Submitted.Select(s => s.JobId).ShouldBe(_store.Inserted.Select(j => j.Id.Value));
        var line = JsonDocument.Parse(OutputLines()[0]).RootElement;
        line.GetProperty("custom_id").GetString().ShouldBe("a");
        line.GetProperty("id").GetString().ShouldStartWith("batch_req_");
        line.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        var response = line.GetProperty("response");
        response.GetProperty("status_code").GetInt32().ShouldBe(200);
        response.GetProperty("request_id").GetString().ShouldBe(_store.Inserted[0].Id.ToString());
        response.GetProperty("body").GetRawText().ShouldBe("""{"ok":true}""");
        File.Exists(Errors).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_run_makes_no_job_and_leaves_the_output_as_it_is()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        _messages.OnSubmitted = Answer;
        await RunAsync();
        var written = await File.ReadAllTextAsync(Output);

        var figures = await RunAsync();

        figures.Answered.ShouldBe(2);
        figures.AnsweredBefore.ShouldBe(2);
        figures.CostNanoUsd.ShouldBe(2000);
        _store.Inserted.Count.ShouldBe(2);
        (await File.ReadAllTextAsync(Output)).ShouldBe(written);
    }

    [Fact]
    public async Task A_deleted_output_is_rebuilt_without_a_new_job()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        _messages.OnSubmitted = Answer;
        await RunAsync();
        var written = OutputLines();
        File.Delete(Output);

        await RunAsync();

        OutputLines().ShouldBe(written, ignoreOrder: true);
        _store.Inserted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Jobs_under_way_at_the_end_of_a_killed_run_are_waited_for_also_when_their_keys_are_gone()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        await InterruptOnceSubmittedAsync(2);
        _store.ForgetKeys();
        Complete("a");

        var run = RunAsync();
        Complete("b");
        await AdvanceUntilAsync(run);

        OutputLines().Count.ShouldBe(2);
        _store.Inserted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_hint_is_found_by_the_sweep()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"));
        _messages.OnSubmitted = job => _store.Complete(new JobId(job.JobId));

        var run = RunAsync();
        await AdvanceUntilAsync(run);

        OutputLines().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_line_is_reported_and_tried_again_by_the_next_run()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        _messages.OnSubmitted = job =>
        {
            if (_store.Inserted.Single(j => j.Id.Value == job.JobId).CustomId == "b")
            {
                _store.Fail(new JobId(job.JobId), "rate_limited", new StoredResult(429, """{"error":{}}"""u8.ToArray()));
                _messages.TellEnded(job.JobId);
            }
            else
            {
                Answer(job);
            }
        };

        var first = await RunAsync();

        (first.Answered, first.Failed).ShouldBe((1, 1));
        var error = JsonDocument.Parse(File.ReadAllLines(Errors).ShouldHaveSingleItem()).RootElement;
        error.GetProperty("line").GetInt32().ShouldBe(2);
        error.GetProperty("custom_id").GetString().ShouldBe("b");
        error.GetProperty("error").GetProperty("code").GetString().ShouldBe("rate_limited");
        error.GetProperty("response").GetProperty("status_code").GetInt32().ShouldBe(429);

        _time.Advance(TimeSpan.FromSeconds(1));
        _messages.OnSubmitted = Answer;
        var second = await RunAsync();

        (second.Answered, second.Failed).ShouldBe((2, 0));
        _store.Inserted.Select(j => j.CustomId).ShouldBe(["a", "b", "b"]);
        File.Exists(Errors).ShouldBeFalse();
        OutputLines().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Invalid_lines_are_reported_with_number_and_reason_and_stop_nothing()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"), "nonsense", Lines.Chat("a"), Lines.Chat("b", model: "unknown"), Lines.Chat("c"));
        _messages.OnSubmitted = Answer;

        var figures = await RunAsync();

        (figures.Total, figures.Answered, figures.Invalid).ShouldBe((2, 2, 3));
        ErrorsOf().ShouldBe([(2, null, "invalid_json_line"), (3, "a", "duplicate_custom_id"), (4, "b", "model_not_found")]);
    }

    [Fact]
    public async Task An_edited_line_is_answered_anew_and_its_old_answer_goes()
    {
        _folder.Write("in.jsonl", Lines.Chat("a", "one"), Lines.Chat("b"));
        _messages.OnSubmitted = Answer;
        await RunAsync();

        _folder.Write("in.jsonl", Lines.Chat("a", "two"), Lines.Chat("b"));
        await RunAsync();

        _store.Inserted.Count.ShouldBe(3);
        OutputLines().Count.ShouldBe(2);
        OutputLines()[1].ShouldContain(_store.Inserted[2].Id.ToString());
    }

    [Fact]
    public async Task A_job_under_way_whose_line_was_edited_is_cancelled()
    {
        _folder.Write("in.jsonl", Lines.Chat("a", "one"));
        await InterruptOnceSubmittedAsync(1);

        _folder.Write("in.jsonl", Lines.Chat("a", "two"));
        _messages.OnSubmitted = Answer;
        await RunAsync();

        _store.Cancelled.ShouldBe([_store.Inserted[0].Id]);
        OutputLines().ShouldHaveSingleItem().ShouldContain(_store.Inserted[1].Id.ToString());
    }

    [Fact]
    public async Task Fresh_starts_over_and_later_runs_stay_with_the_new_start()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"));
        _messages.OnSubmitted = Answer;
        await RunAsync();

        _time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(fresh: true);
        await RunAsync();

        _store.Inserted.Count.ShouldBe(2);
        _store.Inserted[1].BatchId.ShouldBe(_store.Inserted[0].BatchId + "_1");
        OutputLines().ShouldHaveSingleItem().ShouldContain(_store.Inserted[1].Id.ToString());
    }

    [Fact]
    public async Task Not_more_lines_than_the_limit_are_in_the_broker_at_once()
    {
        _folder.Write("in.jsonl", [.. Enumerable.Range(0, 40).Select(i => Lines.Chat($"line-{i}"))]);
        _messages.OnSubmitted = Answer;

        var figures = await RunAsync(concurrency: 3);

        figures.Answered.ShouldBe(40);
        _store.MostUnfinished.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task An_answer_over_several_lines_becomes_one_line()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"));
        _messages.OnSubmitted = job =>
        {
            _store.Complete(new JobId(job.JobId), "{\n  \"text\": \"grüße\"\r\n}");
            _messages.TellEnded(job.JobId);
        };

        await RunAsync();

        OutputLines().ShouldHaveSingleItem().ShouldContain(""" "body":{"text":"grüße"}""".Trim());
    }

    [Fact]
    public async Task Answers_by_another_provider_after_a_failure_are_counted()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"));
        _messages.OnSubmitted = job =>
        {
            _store.Complete(
                new JobId(job.JobId),
                "{}",
                FakeJobStore.Attempt(1, "sim-a/default/*", AttemptOutcome.Failed),
                FakeJobStore.Attempt(2, "sim-b/default/*", AttemptOutcome.Succeeded)
            );
            _messages.TellEnded(job.JobId);
        };

        (await RunAsync()).ReroutedTo.ShouldBe(new Dictionary<string, int> { ["sim-b"] = 1 });
    }

    [Fact]
    public async Task What_ended_while_the_broker_shut_down_is_still_written()
    {
        _folder.Write("in.jsonl", Lines.Chat("a"));
        using var session = Session(Options());
        await session.PrepareAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        _messages.OnSubmitted = _ => stop.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => session.RunAsync(stop.Token));
        Complete("a");

        await session.CollectLateAsync(CancellationToken.None);

        OutputLines().Count.ShouldBe(1);
    }

    private async Task<RunSnapshot> RunAsync(bool fresh = false, int concurrency = RunOptions.DefaultConcurrency)
    {
        using var session = Session(Options() with { Fresh = fresh, Concurrency = concurrency });
        await session.PrepareAsync(CancellationToken.None);
        await session.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return session.Figures.Snapshot();
    }

    private async Task InterruptOnceSubmittedAsync(int count)
    {
        using var session = Session(Options());
        await session.PrepareAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        _messages.OnSubmitted = _ =>
        {
            if (_messages.Submitted.Count == count)
            {
                stop.Cancel();
            }
        };
        await Should.ThrowAsync<OperationCanceledException>(() => session.RunAsync(stop.Token));
        _messages.OnSubmitted = _ => { };
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private RunOptions Options() =>
        new()
        {
            Input = _folder.File("in.jsonl"),
            Output = Output,
            DataFolder = _folder.File("data"),
        };

    private RunSession Session(RunOptions options) =>
        new(
            new RunBroker(_store, new FakeTenantStore(), _messages, _messages, new FixedCatalog(Catalogs.Simple), _time),
            options,
            RunPaths.Resolve(options.Input, options.Output)
        );

    private void Answer(Contracts.Submission.SubmittedJob job)
    {
        _store.Complete(new JobId(job.JobId));
        _messages.TellEnded(job.JobId);
    }

    private void Complete(string customId) => _store.Complete(_store.Inserted.Last(j => j.CustomId == customId).Id);

    /// <summary>Moves the clock on until the sweeps have found everything.</summary>
    private async Task AdvanceUntilAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            _time.Advance(RunCollector.SweepEvery);
            await Task.Yield();
        }

        await run;
    }

    private List<string> OutputLines() => [.. File.ReadAllLines(Output)];

    private List<(int, string?, string?)> ErrorsOf() =>
        [
            .. File.ReadAllLines(Errors)
                .Select(l => JsonDocument.Parse(l).RootElement)
                .Select(e =>
                    (
                        e.GetProperty("line").GetInt32(),
                        e.GetProperty("custom_id").GetString(),
                        e.GetProperty("error").GetProperty("code").GetString()
                    )
                ),
        ];
}
