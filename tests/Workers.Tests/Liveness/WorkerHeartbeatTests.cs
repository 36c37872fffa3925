using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Liveness;

public sealed class WorkerHeartbeatTests : IDisposable
{
    private static readonly JobId Job = new(Bench.Order().JobId);

    private readonly Bench _bench = new();
    private readonly FakeWorkerRegistry _registry = new();
    private readonly WorkerHeartbeat _heartbeat;

    public WorkerHeartbeatTests() =>
        _heartbeat = new WorkerHeartbeat(
            _registry,
            _bench.Running,
            _bench.Worker,
            _bench.Options,
            _bench.Time,
            NullLogger<WorkerHeartbeat>.Instance
        );

    public void Dispose() => _heartbeat.Dispose();

    [Fact]
    public async Task A_beat_cancels_the_running_jobs_that_it_returns()
    {
        _bench.Client.Hang();
        var run = _bench.RunAsync();
        _registry.OnBeat = () => Task.FromResult<IReadOnlyList<JobId>>([Job, new JobId(Bench.Order(2).JobId)]);

        (await _heartbeat.RunOnceAsync(CancellationToken.None)).ShouldBe(1);
        await run.WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Cancelled);
    }

    [Fact]
    public async Task A_failing_beat_leaves_the_attempts_alone()
    {
        _bench.Client.Hang();
        var run = _bench.RunAsync();
        _registry.OnBeat = () => throw new TimeoutException();

        (await _heartbeat.RunOnceAsync(CancellationToken.None)).ShouldBe(0);

        run.IsCompleted.ShouldBeFalse();
        _bench.Running.Cancel(Job);
        await run.WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task It_beats_every_second_until_stopped_and_then_leaves_the_list()
    {
        await _heartbeat.StartAsync(CancellationToken.None);
        await _registry.Beats.ReachAsync(1);
        await _bench.Time.Pauses.ReachAsync(1);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await _registry.Beats.ReachAsync(2);

        await _heartbeat.StopAsync(CancellationToken.None).WaitAsync(Bench.Patience);

        _registry.Removed.All.ShouldBe([_bench.Worker.Id]);
    }

    [Fact]
    public async Task A_cancel_message_ends_the_calls_of_its_jobs()
    {
        _bench.Client.Hang();
        var run = _bench.RunAsync();

        await new CancelJobsHandler(_bench.Running).HandleAsync(
            new CancelJobs { JobIds = [Bench.Order(2).JobId, Job.Value] },
            CancellationToken.None
        );
        await run.WaitAsync(Bench.Patience);

        _bench.End.Next.ShouldBe(JobState.Cancelled);
    }
}
