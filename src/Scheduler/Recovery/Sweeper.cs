using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Telemetry;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>
/// The fallback for everything that messages may have lost: expires jobs, ends the attempts of lost workers, and brings the database's view
/// to the dispatch loop, which repairs its memory.
/// </summary>
internal sealed partial class Sweeper(
    LeaderTerm term,
    IJobStore store,
    ITenantStore tenants,
    IHintSender hints,
    ICatalogSource catalogs,
    InFlightCheck inFlight,
    DispatchInbox inbox,
    SchedulerOptions options,
    SchedulerMetrics metrics,
    TimeProvider time,
    ILogger<Sweeper> logger
)
{
    private const int PurgeSize = 5_000;

    // Counting a very long queue takes a while; it gets a tenth of the time at most.
    private const int CountingShare = 10;

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TenantInterval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _nextCount;
    private DateTimeOffset _nextPurge;
    private DateTimeOffset _nextTenants;
    private int _failed;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await RunOnceAsync(cancellationToken);
            await Task.Delay(options.SweepInterval, time, cancellationToken);
        }
    }

    /// <summary>Each step stands alone: one that fails does not keep the others from their work.</summary>
    /// <exception cref="TermOverException">Another scheduler leads.</exception>
    public async Task<SweepCounts> RunOnceAsync(CancellationToken cancellationToken)
    {
        _failed = 0;
        var expired = await TryAsync(ExpireAsync, cancellationToken);
        var recovered = await TryAsync(RecoverAsync, cancellationToken);
        await TryAsync(ReadInFlightAsync, cancellationToken);
        await TryAsync(CountQueuedAsync, cancellationToken);
        await TryAsync(ReadTenantsAsync, cancellationToken);
        var purged = await TryAsync(PurgeAsync, cancellationToken);
        return new SweepCounts(expired, recovered, purged, _failed);
    }

    private async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var swept = await store.ExpireAsync(term, time.GetUtcNow(), options.SweepSize, cancellationToken);
        return await ReportAsync("expired", swept, cancellationToken);
    }

    private async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempts = catalogs.Current.Limits.MaxAttempts;
        var swept = await store.RecoverAsync(term, now, now - options.WorkerSilence, attempts, options.SweepSize, cancellationToken);
        if (swept.Count > 0)
        {
            LogRecovered(logger, swept.Count);
        }

        return await ReportAsync("recovered", swept, cancellationToken);
    }

    private async Task<int> ReportAsync(string sweep, IReadOnlyList<SweptJob> swept, CancellationToken cancellationToken)
    {
        if (swept.Count == 0)
        {
            return 0;
        }

        metrics.Swept(sweep, swept.Count);
        await inbox.PostAsync(new JobsSwept(swept), cancellationToken);
        foreach (var job in swept)
        {
            if (job.Requeued is null)
            {
                hints.JobEnded(job.Id.Value);
            }
            else
            {
                hints.JobChanged(job.Id.Value);
            }
        }

        return swept.Count;
    }

    private async Task<int> ReadInFlightAsync(CancellationToken cancellationToken)
    {
        var number = inFlight.BeginRead();
        var jobs = await store.ReadInFlightAsync(cancellationToken);
        await inbox.PostAsync(new InFlightRead(number, jobs), cancellationToken);
        return jobs.Count;
    }

    private async Task<int> CountQueuedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextCount)
        {
            return 0;
        }

        var started = time.GetTimestamp();
        var counts = await store.CountQueuedAsync(cancellationToken);
        _nextCount = now + (time.GetElapsedTime(started) * CountingShare);
        await inbox.PostAsync(new QueueCounted(counts), cancellationToken);
        return counts.Count;
    }

    private async Task<int> ReadTenantsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextTenants)
        {
            return 0;
        }

        _nextTenants = now + TenantInterval;
        var read = await tenants.ListTenantsAsync(cancellationToken);
        await inbox.PostAsync(new TenantsRead(read), cancellationToken);
        return read.Count;
    }

    private async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextPurge)
        {
            return 0;
        }

        _nextPurge = now + PurgeInterval;
        return await store.PurgeIdempotencyKeysAsync(now - KeyLifetime, PurgeSize, cancellationToken);
    }

    private async Task<int> TryAsync(Func<CancellationToken, Task<int>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step(cancellationToken);
        }
        catch (Exception exception) when (exception is not TermOverException && !cancellationToken.IsCancellationRequested)
        {
            _failed++;
            LogStepFailed(logger, exception, step.Method.Name);
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Jobs} attempts of lost workers or past their time limit were ended")]
    private static partial void LogRecovered(ILogger logger, int jobs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep's step {Step} failed; the next sweep tries again")]
    private static partial void LogStepFailed(ILogger logger, Exception exception, string step);
}
