using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler.Leadership;

/// <summary>
/// Takes the partition's lease when it is free, leads while it can be renewed, and stops at once when it cannot: even when no answer comes,
/// the lease is over for the others after its duration. What a late leader still writes is refused, since every write names the term.
/// </summary>
internal sealed partial class LeaderService(
    ILeaseStore leases,
    ILeaderSessionFactory sessions,
    IOptions<SchedulerOptions> options,
    SchedulerMetrics metrics,
    TimeProvider time,
    ILogger<LeaderService> logger
) : BackgroundService
{
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly SchedulerOptions _options = options.Value;
    private readonly string _lease = $"scheduler-{options.Value.Partition}";
    private readonly string _holder = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7(time.GetUtcNow()):N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogLeaseNotReached(logger, exception, _lease);
            }

            await Task.Delay(_options.PollInterval, time, stoppingToken);
        }
    }

    /// <summary>Tries to lead once; returns whether it did, after the term.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        if (await leases.TryAcquireAsync(_lease, _holder, asked, _options.LeaseDuration, cancellationToken) is not { } term)
        {
            return false;
        }

        LogLeads(logger, _lease, term.Term);
        metrics.Leads(true);
        try
        {
            await LeadAsync(term, asked, cancellationToken);
        }
        finally
        {
            metrics.Leads(false);
            LogLeadsNoMore(logger, _lease, term.Term);
            await ReleaseAsync(term);
        }

        return true;
    }

    private async Task LeadAsync(LeaderTerm term, DateTimeOffset acquired, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var leading = sessions.Create(term).RunAsync(over.Token);
        var renewing = RenewAsync(term, acquired, over.Token);
        await Task.WhenAny(leading, renewing);
        await over.CancelAsync();
        try
        {
            await Task.WhenAll(leading, renewing);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Stopped as asked.
        }
        catch (TermOverException)
        {
            // Another scheduler leads.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, _lease, term.Term);
        }
    }

    /// <summary>Returns when the term is over: refused, or not renewed in time.</summary>
    private async Task RenewAsync(LeaderTerm term, DateTimeOffset acquired, CancellationToken cancellationToken)
    {
        var end = acquired + _options.LeaseDuration;
        while (true)
        {
            await Task.Delay(_options.RenewInterval, time, cancellationToken);
            var now = time.GetUtcNow();
            if (now >= end)
            {
                return;
            }

            try
            {
                var renewal = leases.RenewAsync(term, now, _options.LeaseDuration, cancellationToken);
                if (!await renewal.WaitAsync(end - now, time, cancellationToken))
                {
                    return;
                }

                end = now + _options.LeaseDuration;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotRenewed(logger, exception, _lease, term.Term);
            }
        }
    }

    // Also after a failure: a standby need not wait for the lease to run out.
    private async Task ReleaseAsync(LeaderTerm term)
    {
        try
        {
            using var limit = new CancellationTokenSource(ReleaseTimeout, time);
            await leases.ReleaseAsync(term, limit.Token).WaitAsync(ReleaseTimeout, time, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotReleased(logger, exception, _lease, term.Term);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This scheduler leads: lease {Lease}, term {Term}")]
    private static partial void LogLeads(ILogger logger, string lease, long term);

    [LoggerMessage(Level = LogLevel.Information, Message = "This scheduler leads no more: lease {Lease}, term {Term}")]
    private static partial void LogLeadsNoMore(ILogger logger, string lease, long term);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer for lease {Lease}; tried again shortly")]
    private static partial void LogLeaseNotReached(ILogger logger, Exception exception, string lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lease {Lease}, term {Term}, could not be renewed; tried again until it runs out")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception, string lease, long term);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lease {Lease}, term {Term}, could not be given up; it runs out by itself")]
    private static partial void LogNotReleased(ILogger logger, Exception exception, string lease, long term);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Leading failed: lease {Lease}, term {Term}. The lease is given up, and taken again if nobody else does"
    )]
    private static partial void LogFailed(ILogger logger, Exception exception, string lease, long term);
}
