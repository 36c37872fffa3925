using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Leadership;
using InferenceBroker.Scheduler.Telemetry;
using InferenceBroker.Scheduler.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Scheduler.Tests.Leadership;

public sealed class LeaderSessionTests : IDisposable
{
    private static readonly TimeSpan RealLimit = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestCatalog _catalog = new TestCatalog().Provider("a", concurrency: 2).Route("m", ("a", 1));
    private readonly FakeJobStore _store = new() { CurrentTerm = 1 };
    private readonly FakeExecuteSender _sender = new();
    private readonly FakeBus _bus = new();
    private readonly SchedulerMetrics _metrics = new(new FakeMeterFactory());
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task A_new_leader_dispatches_what_waits_in_the_database()
    {
        var job = Store();

        var session = RunAsync();
        await _sender.SentAsync(1);

        _sender.Jobs[0].JobId.ShouldBe(job.Id.Value);
        await StopAsync(session);
    }

    [Fact]
    public async Task What_is_in_flight_counts_from_the_start()
    {
        for (var i = 0; i < 2; i++)
        {
            var row = _store.Rows[Store().Id];
            (row.State, row.Fence, row.Endpoint, row.DispatchedAt) = (JobState.Running, 1, "a/default/m", _time.GetUtcNow());
        }

        Store();
        var session = RunAsync();
        await _bus.ConnectedAsync();

        _sender.Jobs.ShouldBeEmpty();
        await StopAsync(session);
    }

    [Fact]
    public async Task A_submitted_job_is_dispatched_without_a_timer()
    {
        var session = RunAsync();
        await _bus.ConnectedAsync();

        await _bus.SubmitAsync(Harness.Hint(Store()));

        await _sender.SentAsync(1);
        await StopAsync(session);
    }

    [Fact]
    public async Task A_blocked_job_looks_for_credit_by_the_clock()
    {
        _catalog.Provider("a", concurrency: 2, requests: 1);
        Store();
        Store();
        var session = RunAsync();
        await _sender.SentAsync(1);

        var second = _sender.SentAsync(2);
        await AdvanceUntilAsync(second);
        await StopAsync(session);
    }

    [Fact]
    public async Task A_bus_that_is_away_at_the_start_does_not_end_the_session()
    {
        _bus.ConnectFailure = new IOException("The bus is away.");
        var session = RunAsync();
        var connected = _bus.ConnectedAsync();
        await AdvanceUntilAsync(connected);
        session.IsCompleted.ShouldBeFalse();
        await StopAsync(session);
    }

    [Fact]
    public async Task A_paused_leader_cannot_act_and_ends()
    {
        var session = RunAsync();
        await _bus.ConnectedAsync();

        _store.CurrentTerm = 2;
        await _bus.SubmitAsync(Harness.Hint(Store()));

        await Should.ThrowAsync<TermOverException>(session.WaitAsync(RealLimit));
        _sender.Jobs.ShouldBeEmpty();
        _bus.HasListener.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stopped_session_lets_go_of_its_queue()
    {
        var session = RunAsync();
        await _bus.ConnectedAsync();

        await StopAsync(session);

        _bus.HasListener.ShouldBeFalse();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _metrics.Dispose();
    }

    private Task RunAsync()
    {
        var sessions = new LeaderSessionFactory(
            _store,
            new FakeTenantStore(),
            new FakePlacementStore(),
            _bus,
            _sender,
            new FakeHintSender(),
            _bus,
            new FakeAnswerSender(),
            _catalog,
            new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn),
            Options.Create(new SchedulerOptions { DispatchAhead = 0 }),
            _metrics,
            _time,
            NullLoggerFactory.Instance
        );
        return Task.Run(() => sessions.Create(new LeaderTerm("scheduler-0", 1)).RunAsync(_stop.Token));
    }

    // The session's own threads set their timers whenever they get to it, so the clock goes on until they have.
    private async Task AdvanceUntilAsync(Task done)
    {
        using var limit = new CancellationTokenSource(RealLimit);
        while (!done.IsCompleted && !limit.IsCancellationRequested)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await done.WaitAsync(TimeSpan.Zero);
    }

    private async Task StopAsync(Task session)
    {
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(session.WaitAsync(RealLimit));
    }

    private QueuedJob Store()
    {
        var job = new QueuedJob
        {
            Id = JobId.Create(_time),
            TenantId = 1,
            Lane = Lane.Standard,
            Model = "m",
            Fence = 0,
            CreatedAt = _time.GetUtcNow(),
        };
        _store.Add(job);
        return job;
    }
}
