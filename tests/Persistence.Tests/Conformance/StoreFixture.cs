using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Liveness;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Startup;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Persistence.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Conformance;

/// <summary>A fresh database and its stores, shared by the tests of one class, with short ways to bring a job into a state.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    public const string Endpoint = "openai/main/gpt-4o";

    private ServiceProvider? _provider;
    private int _tenants = 1_000;

    public static CancellationToken None => CancellationToken.None;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => Time.GetUtcNow();

    public Guid Worker { get; } = Guid.CreateVersion7();

    public LeaderTerm Term { get; private set; }

    public IServiceProvider Services => _provider!;

    public IJobStore Store => Services.GetRequiredService<IJobStore>();

    public IJobWriter Writer => Services.GetRequiredService<IJobWriter>();

    public ILeaseStore Leases => Services.GetRequiredService<ILeaseStore>();

    public IWorkerRegistry Workers => Services.GetRequiredService<IWorkerRegistry>();

    public ITenantStore Tenants => Services.GetRequiredService<ITenantStore>();

    public IPlacementStore Placement => Services.GetRequiredService<IPlacementStore>();

    public IDatabaseTime DatabaseTime => Services.GetRequiredService<IDatabaseTime>();

    public async Task InitializeAsync()
    {
        _provider = BuildProvider(await CreateOptionsAsync());
        await Services.GetRequiredService<IDatabaseInitializer>().InitializeAsync(None);
        Term = (await Leases.TryAcquireAsync("scheduler-0", "test", Now, TimeSpan.FromHours(1), None)).ShouldNotBeNull();
        await Workers.BeatAsync(Worker, "test-worker", Now, None);
    }

    public virtual async Task DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    public abstract Task<PersistenceOptions> CreateOptionsAsync();

    public ServiceProvider BuildProvider(PersistenceOptions options, TimeProvider? time = null) =>
        new ServiceCollection().AddSingleton(time ?? Time).AddBrokerPersistence(options).BuildServiceProvider();

    /// <summary>A tenant number that no other test uses.</summary>
    public int NextTenant() => Interlocked.Increment(ref _tenants);

    public NewJob NewJob(int? tenant = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return new NewJob
        {
            Id = JobId.Create(Time),
            TenantId = tenant ?? NextTenant(),
            ApiKeyId = 7,
            Operation = Operation.ChatCompletions,
            Model = "gpt-4o",
            Body = "{\"model\":\"gpt-4o\"}"u8.ToArray(),
            CreatedAt = Now,
        };
    }

    public async Task<NewJob> QueuedAsync(Func<NewJob, NewJob>? change = null)
    {
        var job = NewJob();
        job = change?.Invoke(job) ?? job;
        await Store.InsertAsync([job], None);
        return job;
    }

    public async Task<NewJob> DispatchedAsync(Func<NewJob, NewJob>? change = null)
    {
        var job = await QueuedAsync(change);
        var claimed = await Store.ClaimAsync(Term, [new Claim(job.Id, 0, Endpoint)], Now, None);
        claimed.ShouldBe([job.Id]);
        return job;
    }

    public async Task<(NewJob Job, StartedJob Started)> RunningAsync(Func<NewJob, NewJob>? change = null, Guid? worker = null)
    {
        var job = await DispatchedAsync(change);
        return (job, await StartAsync(job.Id, fence: 1, worker));
    }

    public async Task<StartedJob> StartAsync(JobId id, long fence, Guid? worker = null)
    {
        var start = new AttemptStart(id, fence, worker ?? Worker, Now, Now.AddMinutes(10));
        var started = await Store.StartAsync([start], None);
        return started[0].ShouldNotBeNull();
    }

    public AttemptEnd Ended(StartedJob started, JobState next = JobState.Completed) =>
        new()
        {
            Id = started.Id,
            Fence = started.Fence,
            Attempt = started.Attempt,
            WorkerId = Worker,
            Endpoint = Endpoint,
            UpstreamModel = "gpt-4o",
            Outcome = next == JobState.Completed ? AttemptOutcome.Succeeded : AttemptOutcome.Failed,
            StartedAt = started.StartedAt,
            EndedAt = Now.AddSeconds(1),
            TimeToFirstTokenMs = 120,
            StartedSequence = started.LastSequence,
            LastSequence = started.LastSequence,
            Usage = new TokenUsage(10, 20),
            CostNanoUsd = 5_000,
            Next = next,
            StatusCode = next == JobState.Completed ? 200 : null,
            ResponseBody = next == JobState.Completed ? "{\"ok\":true}"u8.ToArray() : null,
        };

    public async Task<JobDetails> DetailsAsync(NewJob job) => (await Store.FindAsync(job.TenantId, job.Id, None)).ShouldNotBeNull();

    public async Task<StoredJob> StoredAsync(NewJob job) => (await DetailsAsync(job)).Job;
}
