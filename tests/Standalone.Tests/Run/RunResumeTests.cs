using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

public sealed class RunResumeTests : RunSessionScene
{
    [Fact]
    public async Task A_second_run_makes_no_job_and_leaves_the_output_as_it_is()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        Messages.OnSubmitted = Answer;
        await RunAsync();
        var written = await File.ReadAllTextAsync(Output);

        var figures = await RunAsync();

        figures.Answered.ShouldBe(2);
        figures.AnsweredBefore.ShouldBe(2);
        figures.CostNanoUsd.ShouldBe(2000);
        Store.Inserted.Count.ShouldBe(2);
        (await File.ReadAllTextAsync(Output)).ShouldBe(written);
    }

    [Fact]
    public async Task A_deleted_output_is_rebuilt_without_a_new_job()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        Messages.OnSubmitted = Answer;
        await RunAsync();
        var written = OutputLines();
        File.Delete(Output);

        await RunAsync();

        OutputLines().ShouldBe(written, ignoreOrder: true);
        Store.Inserted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Jobs_under_way_at_the_end_of_a_killed_run_are_waited_for_also_when_their_keys_are_gone()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        await InterruptOnceSubmittedAsync(2);
        Store.ForgetKeys();
        Complete("a");

        var run = RunAsync();
        Complete("b");
        await AdvanceUntilAsync(run);

        OutputLines().Count.ShouldBe(2);
        Store.Inserted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_hint_is_found_by_the_sweep()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"));
        Messages.OnSubmitted = job => Store.Complete(new JobId(job.JobId));

        var run = RunAsync();
        await AdvanceUntilAsync(run);

        OutputLines().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_line_is_reported_and_tried_again_by_the_next_run()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"), Lines.Chat("b"));
        Messages.OnSubmitted = job =>
        {
            if (Store.Inserted.Single(j => j.Id.Value == job.JobId).CustomId == "b")
            {
                Store.Fail(new JobId(job.JobId), "rate_limited", new StoredResult(429, """{"error":{}}"""u8.ToArray()));
                Messages.TellEnded(job.JobId);
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

        Time.Advance(TimeSpan.FromSeconds(1));
        Messages.OnSubmitted = Answer;
        var second = await RunAsync();

        (second.Answered, second.Failed).ShouldBe((2, 0));
        Store.Inserted.Select(j => j.CustomId).ShouldBe(["a", "b", "b"]);
        File.Exists(Errors).ShouldBeFalse();
        OutputLines().Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_edited_line_is_answered_anew_and_its_old_answer_goes()
    {
        Folder.Write("in.jsonl", Lines.Chat("a", "one"), Lines.Chat("b"));
        Messages.OnSubmitted = Answer;
        await RunAsync();

        Folder.Write("in.jsonl", Lines.Chat("a", "two"), Lines.Chat("b"));
        await RunAsync();

        Store.Inserted.Count.ShouldBe(3);
        OutputLines().Count.ShouldBe(2);
        OutputLines()[1].ShouldContain(Store.Inserted[2].Id.ToString());
    }

    [Fact]
    public async Task A_job_under_way_whose_line_was_edited_is_cancelled()
    {
        Folder.Write("in.jsonl", Lines.Chat("a", "one"));
        await InterruptOnceSubmittedAsync(1);

        Folder.Write("in.jsonl", Lines.Chat("a", "two"));
        Messages.OnSubmitted = Answer;
        await RunAsync();

        Store.Cancelled.ShouldBe([Store.Inserted[0].Id]);
        OutputLines().ShouldHaveSingleItem().ShouldContain(Store.Inserted[1].Id.ToString());
    }

    [Fact]
    public async Task Fresh_starts_over_and_later_runs_stay_with_the_new_start()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"));
        Messages.OnSubmitted = Answer;
        await RunAsync();

        Time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(fresh: true);
        await RunAsync();

        Store.Inserted.Count.ShouldBe(2);
        Store.Inserted[1].BatchId.ShouldBe(Store.Inserted[0].BatchId + "_1");
        OutputLines().ShouldHaveSingleItem().ShouldContain(Store.Inserted[1].Id.ToString());
    }

    [Fact]
    public async Task What_ended_while_the_broker_shut_down_is_still_written()
    {
        Folder.Write("in.jsonl", Lines.Chat("a"));
        using var session = Session(Options());
        await session.PrepareAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Messages.OnSubmitted = _ => stop.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => session.RunAsync(stop.Token));
        Complete("a");

        await session.CollectLateAsync(CancellationToken.None);

        OutputLines().Count.ShouldBe(1);
    }
}
