using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Controls;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Health;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>A leader's loop and sweeps without threads: the fakes answer at once, and the test says when the loop looks.</summary>
internal sealed class Harness : IDisposable
{
    private static readonly LeaderTerm Term = new("scheduler-0", 1);

    private readonly DispatchLoop _loop;
    private readonly Sweeper _sweeper;
    private readonly PlacementWatch _watch;
    private readonly SchedulerMetrics _metrics = new(new FakeMeterFactory());

    public Harness(TestCatalog catalog, Action<SchedulerOptions>? configure = null)
    {
        var options = new SchedulerOptions { DispatchAhead = 0 };
        configure?.Invoke(options);
        Memory = new SchedulerMemory(catalog, new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn), options);
        var claims = new ClaimPipeline(Store, Term, Inbox, options, Time, NullLogger<ClaimPipeline>.Instance);
        var publisher = new ExecutePublisher(Sender, Inbox, NullLogger<ExecutePublisher>.Instance);
        var reader = new LaneReader(Store, Inbox, NullLogger<LaneReader>.Instance);
        Report = new PlacementReport(Memory);
        var inquiries = new InquiryAnswers(Report, Answers, NullLogger<InquiryAnswers>.Instance);
        _loop = new DispatchLoop(
            Memory,
            Inbox,
            claims,
            publisher,
            reader,
            new Recaller(Store, Term, Inbox, NullLogger<Recaller>.Instance),
            new Refuser(Store, Term, Hints, Inbox, Time, NullLogger<Refuser>.Instance),
            new HealthSaver(Placement, Term, Inbox, _metrics, NullLogger<HealthSaver>.Instance),
            new DispatchPause(),
            inquiries,
            Bus,
            options,
            _metrics,
            Time
        );
        _watch = new PlacementWatch(Placement, Inbox, Time, NullLogger<PlacementWatch>.Instance);
        _sweeper = new Sweeper(
            Term,
            Store,
            Tenants,
            Hints,
            catalog,
            Memory.InFlight,
            Inbox,
            options,
            _metrics,
            Time,
            NullLogger<Sweeper>.Instance
        );
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeJobStore Store { get; } = new();

    public FakeExecuteSender Sender { get; } = new();

    public FakeHintSender Hints { get; } = new();

    public FakeTenantStore Tenants { get; } = new();

    public FakePlacementStore Placement { get; } = new();

    public FakeBus Bus { get; } = new();

    public DispatchInbox Inbox { get; } = new();

    public FakeAnswerSender Answers { get; } = new();

    public IPlacementReport Report { get; }

    public SchedulerMemory Memory { get; }

    public IReadOnlyList<ExecuteJob> Sent => Sender.Jobs;

    /// <summary>Runs the loop until nothing waits for it.</summary>
    public void Pump()
    {
        do
        {
            _loop.RunOnce(CancellationToken.None);
        } while (Inbox.Reader.Count > 0);
    }

    /// <summary>For answers that come from elsewhere: runs the loop whenever something waits for it.</summary>
    public async Task PumpUntilSentAsync(int jobs)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Sent.Count < jobs)
        {
            await Inbox.Reader.WaitToReadAsync(limit.Token);
            Pump();
        }
    }

    public async Task<SweepCounts> SweepAsync()
    {
        var counts = await _sweeper.RunOnceAsync(CancellationToken.None);
        Pump();
        return counts;
    }

    /// <summary>Brings what operators changed to the loop.</summary>
    public async Task WatchAsync()
    {
        await _watch.RunOnceAsync(CancellationToken.None);
        Pump();
    }

    public void Advance(TimeSpan time)
    {
        Time.Advance(time);
        Pump();
    }

    /// <summary>Stores a job without telling the scheduler.</summary>
    public QueuedJob StoreSilently(string model = "m", int tenant = 1, Lane lane = Lane.Standard, Func<QueuedJob, QueuedJob>? with = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var job = new QueuedJob
        {
            Id = JobId.Create(Time),
            TenantId = tenant,
            Lane = lane,
            Model = model,
            Fence = 0,
            EstimatedInputTokens = 50,
            EstimatedOutputTokens = 50,
            CreatedAt = Time.GetUtcNow(),
        };
        job = with?.Invoke(job) ?? job;
        Store.Add(job);
        return job;
    }

    /// <summary>Stores a job and tells the scheduler.</summary>
    public QueuedJob Submit(string model = "m", int tenant = 1, Lane lane = Lane.Standard, Func<QueuedJob, QueuedJob>? with = null)
    {
        var job = StoreSilently(model, tenant, lane, with);
        Tell(job);
        return job;
    }

    public void Tell(params QueuedJob[] jobs) => Inbox.TryPost(new JobsSubmitted { Jobs = [.. jobs.Select(Hint)] });

    /// <summary>The worker's view: the attempt ended and is stored.</summary>
    public AttemptEnded End(ExecuteJob sent, FailureClass failure = FailureClass.None, Func<AttemptEnded, AttemptEnded>? with = null)
    {
        var row = Store.Rows[new JobId(sent.JobId)];
        var endpoint = row.Endpoint!;
        var canRetry = FailureRules.Of(failure).CanRetry;
        row.State =
            failure == FailureClass.None ? JobState.Completed
            : canRetry ? JobState.Queued
            : JobState.Failed;
        row.Fence += canRetry ? 1 : 0;
        row.Job = FailureRules.Of(failure).CostsAttempt && canRetry ? row.Job with { Tried = [.. row.Job.Tried, endpoint] } : row.Job;
        var ended = new AttemptEnded
        {
            JobId = sent.JobId,
            Fence = sent.Fence,
            Endpoint = endpoint,
            Failure = (short)failure,
            Requeued = canRetry ? Hint(row.AsQueued()) : null,
        };
        return with?.Invoke(ended) ?? ended;
    }

    public void Tell(params AttemptEnded[] ended) => Inbox.TryPost(new AttemptsEnded { Attempts = ended });

    /// <summary>The provider that each sent job went to, in order.</summary>
    public IReadOnlyList<string> Providers => [.. Sender.Messages.SelectMany(m => m.Jobs.Select(_ => m.Provider))];

    public void Dispose()
    {
        _loop.Dispose();
        _metrics.Dispose();
    }

    public static SubmittedJob Hint(QueuedJob job) =>
        new()
        {
            JobId = job.Id.Value,
            TenantId = job.TenantId,
            Lane = (short)job.Lane,
            Model = job.Model,
            Fence = job.Fence,
            EstimatedInputTokens = job.EstimatedInputTokens,
            EstimatedOutputTokens = job.EstimatedOutputTokens,
            CreatedAt = job.CreatedAt,
            NotBefore = job.NotBefore,
            Deadline = job.Deadline,
            AttemptsSpent = job.AttemptsSpent,
            Tried = job.Tried,
            Fallbacks = job.Fallbacks,
            Route = job.Route,
            Needs = job.Needs,
            Affinity = job.Affinity,
            ApiKeyId = job.ApiKeyId,
            Priority = job.Priority,
            BatchHash = job.BatchHash,
            MaxCostNanoUsd = job.MaxCostNanoUsd,
            CostNanoUsd = job.CostNanoUsd,
            Replay = (short)job.Replay,
        };
}
