using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Workers.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Resilience;

public sealed class FinishTests
{
    private readonly Bench _bench = new();

    [Fact]
    public async Task An_end_is_written_until_it_is_stored()
    {
        var failures = 0;
        _bench.Writer.OnFinish = _ =>
            failures++ < 5 ? Task.FromException<FinishOutcome>(new TimeoutException()) : Task.FromResult(FinishOutcome.Applied);

        await _bench.Time.PassPausesAsync(_bench.RunAsync());

        _bench.Writer.Ends.All.Count.ShouldBe(6);
        _bench.Hints.Ended.All.Count.ShouldBe(1);
        _bench.Client.Calls.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_attempts_deadline_the_sweep_has_it()
    {
        _bench.Writer.OnFinish = _ => Task.FromException<FinishOutcome>(new TimeoutException());

        await _bench.Time.PassPausesAsync(_bench.RunAsync());

        _bench.Time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(_bench.Writer.Starts.All.Single().AttemptDeadline);
        _bench.Hints.Attempts.All.ShouldBeEmpty();
        _bench.Running.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_repeated()
    {
        var failures = 0;
        _bench.Writer.OnStart = s =>
            failures++ < 2 ? Task.FromException<StartedJob?>(new TimeoutException()) : Task.FromResult<StartedJob?>(Bench.Started(s));

        await _bench.Time.PassPausesAsync(_bench.RunAsync());

        _bench.Writer.Starts.All.Count.ShouldBe(3);
        _bench.Client.Calls.All.Count.ShouldBe(1);
    }
}
