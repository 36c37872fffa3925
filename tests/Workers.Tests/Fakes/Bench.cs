using System.Diagnostics.Metrics;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Execution;
using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Pools;
using InferenceBroker.Workers.Resilience;
using InferenceBroker.Workers.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers.Tests.Fakes;

/// <summary>A worker whose neighbours are fakes.</summary>
internal sealed class Bench
{
    /// <summary>How long a test waits for something that should come at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public Bench(WorkersOptions? options = null)
    {
        Worker = new WorkerIdentity(Time);
        Options = Microsoft.Extensions.Options.Options.Create(options ?? new WorkersOptions());
        Retry = new StoreRetry(Time, NullLogger<StoreRetry>.Instance);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Runner = new AttemptRunner(
            Writer,
            Hints,
            Catalogs,
            new CallPreparation(Connections, [Client]),
            new ProviderCalls(NullLogger<ProviderCalls>.Instance),
            new AttemptConclusion(Worker, new FixedRandom(0.5), Time),
            new AttemptPublisher(Hints),
            Running,
            Retry,
            Worker,
            new WorkerMetrics(meters),
            Time,
            NullLogger<AttemptRunner>.Instance
        );
        HandBack = new HandBack(Store.Store, Hints, Running);
        var stop = new GracefulStop(Running, Options, Time, NullLogger<GracefulStop>.Instance);
        Pools = new ProviderPools(Catalogs, Receiver, Runner, HandBack, stop, Options, Time, NullLogger<ProviderPools>.Instance);
    }

    public TestClock Time { get; } = new(Now);

    public FakeJobWriter Writer { get; } = new();

    public FakeHintSender Hints { get; } = new();

    public FakeProviderClient Client { get; } = new();

    public FakeConnections Connections { get; } = new();

    public FakeCatalogSource Catalogs { get; } = new();

    public FakeJobStore Store { get; } = FakeJobStore.New();

    public FakeReceiver Receiver { get; } = new();

    public RunningAttempts Running { get; } = new();

    public IOptions<WorkersOptions> Options { get; }

    public StoreRetry Retry { get; }

    public WorkerIdentity Worker { get; }

    public AttemptRunner Runner { get; }

    public HandBack HandBack { get; }

    public ProviderPools Pools { get; }

    /// <summary>The one end that an attempt was given.</summary>
    public AttemptEnd End => Writer.Ends.All.Single();

    public Task RunAsync(ExecuteJob? order = null, string provider = "acme") => Runner.RunAsync(provider, order ?? Order());

    public static ExecuteJob Order(int number = 1, string model = "upstream", long fence = 5) =>
        new()
        {
            JobId = new Guid(number, 0, 0, new byte[8]),
            Fence = fence,
            Key = "main",
            Model = model,
        };

    public static StartedJob Started(AttemptStart start, bool streaming = false) =>
        new()
        {
            Id = start.Id,
            TenantId = 7,
            Fence = start.Fence,
            Operation = Operation.ChatCompletions,
            Model = "gpt",
            Body = "{}"u8.ToArray(),
            Streaming = streaming,
            Lane = Lane.Standard,
            Attempt = 1,
            LastSequence = 2,
            StartedAt = start.Now,
            CreatedAt = start.Now - TimeSpan.FromSeconds(1),
        };

    /// <summary>Every job that is started from now on is changed in this way.</summary>
    public void Start(Func<StartedJob, StartedJob> change) => Writer.OnStart = s => Task.FromResult<StartedJob?>(change(Started(s)));

    public void StartStreams() => Start(s => s with { Streaming = true });

    public static ProviderAnswer Answer() =>
        new()
        {
            StatusCode = 200,
            Body = "{\"ok\":true}"u8.ToArray(),
            Usage = new TokenUsage(1_000, 500),
            TimeToFirstToken = TimeSpan.FromMilliseconds(120),
            HasOutput = true,
        };

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
