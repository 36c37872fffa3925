using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Progress;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Spectre.Console.Testing;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run.Progress;

public sealed class ProgressViewTests
{
    private static readonly RunSnapshot Figures = new()
    {
        Total = 200,
        Answered = 118,
        Failed = 2,
        InputTokens = 21_000,
        OutputTokens = 10_400,
    };

    [Fact]
    public void Line_ShowsCountRateTokensFailuresAndEta()
    {
        ProgressText.Line(Figures, 14.2).ShouldBe("120/200 · 14.2/s · 31.4k tokens · 2 failed · ETA 00:05");
    }

    [Theory]
    [InlineData(0, "--:--")]
    [InlineData(0.01, "2:13:20")]
    [InlineData(80, "00:01")]
    public void Remaining_FollowsFromTheRate(double perSecond, string expected)
    {
        ProgressText.Remaining(Figures, perSecond).ShouldBe(expected);
    }

    [Fact]
    public async Task The_bar_shows_the_figures_at_a_terminal()
    {
        using var console = new TestConsole().Interactive().Width(160);

        await new TerminalProgressView(console, TimeProvider.System).ShowAsync(Task.CompletedTask, () => Figures);

        console.Output.ShouldContain("60%");
        console.Output.ShouldContain("120/200 · 0.0/s · 31.4k tokens · 2 failed");
    }

    [Fact]
    public async Task Plain_lines_come_every_two_seconds_and_at_the_end()
    {
        var time = new FakeTimeProvider();
        var output = new StringWriter();
        var work = new TaskCompletionSource();
        var done = 0;
        var looks = 0;
        var showing = new PlainProgressView(output, time).ShowAsync(
            work.Task,
            () =>
            {
                Interlocked.Increment(ref looks);
                return new RunSnapshot { Total = 1000, Answered = done };
            }
        );
        for (var tick = 0; tick < 8; tick++)
        {
            done += 5;
            await LookAsync();
        }

        work.SetResult();
        await showing;

        output
            .ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ')[0])
            .ShouldBe(["20/1000", "40/1000", "40/1000"]);

        async Task LookAsync()
        {
            var before = Volatile.Read(ref looks);
            time.Advance(PlainProgressView.LookEvery);
            while (Volatile.Read(ref looks) == before)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void Rate_IsThatOfTheLastTenSeconds()
    {
        var time = new FakeTimeProvider();
        var meter = new RateMeter(time);
        meter.Add(0);
        for (var second = 1; second <= 30; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            meter.Add(second <= 20 ? second * 100 : 2000 + ((second - 20) * 10));
        }

        meter.PerSecond.ShouldBe(10, tolerance: 0.01);
    }

    [Fact]
    public void Summary_NamesEverythingThatCounts()
    {
        var figures = Figures with
        {
            Invalid = 3,
            AnsweredBefore = 50,
            CostNanoUsd = 12_300_000,
            ReroutedTo = new Dictionary<string, int> { ["sim-b"] = 9, ["sim-c"] = 3 },
        };

        var text = string.Join(
            '\n',
            RunSummary.Lines(
                figures,
                new RunPaths("/i", "/x/out.jsonl", "/x/out.errors.jsonl"),
                TimeSpan.FromSeconds(75),
                "the same command"
            )
        );

        text.ShouldContain("118 answered (50 by an earlier start), 2 failed, 3 invalid in 01:15");
        text.ShouldContain("21000 input and 10400 output tokens, 0.0123 USD");
        text.ShouldContain("12 answered on another provider after a failure (9 by sim-b, 3 by sim-c)");
        text.ShouldContain("out.errors.jsonl");
        text.ShouldContain("The same command tries the failed lines again.");
    }
}
