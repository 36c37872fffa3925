using InferenceBroker.Scheduler.Leadership;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>A scheduler that stands for the lease.</summary>
internal sealed class Candidate : IDisposable
{
    private readonly SchedulerMetrics _metrics = new(new FakeMeterFactory());

    public Candidate(FakeLeaseStore leases, TimeProvider time, int partition = 0)
    {
        Leases = leases.Connect();
        var options = Options.Create(new SchedulerOptions { Partition = partition });
        Service = new LeaderService(Leases, Sessions, options, _metrics, time, NullLogger<LeaderService>.Instance);
    }

    public FakeLeaseStore.Link Leases { get; }

    public FakeSessions Sessions { get; } = new();

    public LeaderService Service { get; }

    public CancellationTokenSource Stop { get; } = new();

    public bool Leads => Sessions.Leading == 1;

    /// <summary>Tries once for the lease; the task ends with the term.</summary>
    public Task<bool> TryAsync() => Service.RunOnceAsync(Stop.Token);

    public void Dispose()
    {
        Service.Dispose();
        Stop.Dispose();
        _metrics.Dispose();
    }
}
