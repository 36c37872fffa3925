using System.ComponentModel.DataAnnotations;

namespace InferenceBroker.Scheduler;

/// <summary>Settings of the scheduler, bound from <c>Broker:Scheduler</c>.</summary>
public sealed class SchedulerOptions
{
    public const string Section = "Broker:Scheduler";

    /// <summary>Which partition this scheduler serves. Default 0, the only one so far.</summary>
    [Range(0, 1023)]
    public int Partition { get; set; }

    /// <summary>How long a leader leads without renewing its lease. Default 3 s. A standby takes over this long plus <see cref="PollInterval"/> after the leader died.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:01:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the leader renews its lease. Default 1 s; at most half of <see cref="LeaseDuration"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a standby tries to take the lease. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs in one claim, at most. Default 256.</summary>
    [Range(1, 4096)]
    public int RoundSize { get; set; } = 256;

    /// <summary>Claims that may be on their way to the database at the same time. Default 4.</summary>
    [Range(1, 32)]
    public int RoundsInFlight { get; set; } = 4;

    /// <summary>Jobs that may wait in a provider's queue beyond its concurrency, at most as many as its concurrency. Default 64.</summary>
    [Range(0, 10_000)]
    public int DispatchAhead { get; set; } = 64;

    /// <summary>Capacity of limits per minute, in minutes. Default 1.</summary>
    [Range(0.01, 10)]
    public double BurstFactor { get; set; } = 1;

    /// <summary>How long an endpoint that is rate limited is left alone where the provider names no time. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan RateLimitPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing is dispatched to a provider after a message to its queue was not confirmed. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan SendFailurePause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Queued jobs of one tenant and lane that are held in memory; the others are read when there is room. Default 20,000.</summary>
    [Range(8, 1_000_000)]
    public int IndexCapacity { get; set; } = 20_000;

    /// <summary>Queued jobs that are read from the database at once. Default 2,000.</summary>
    [Range(1, 50_000)]
    public int PageSize { get; set; } = 2_000;

    /// <summary>How often the leader looks for expired jobs, lost workers, lost messages and lost hints. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs that one sweep moves, at most. Default 500.</summary>
    [Range(1, 10_000)]
    public int SweepSize { get; set; } = 500;

    /// <summary>A worker that has not been heard of for this long is lost. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WorkerSilence { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A dispatched job that no worker has taken for this long is sent again, then after twice as long, and so on. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan DispatchOverdue { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Keys that are refused or whose account is empty get no jobs until an operator or the configuration unparks them; their jobs wait. Default
    /// true. False: such jobs use up their attempts and fail.
    /// </summary>
    public bool ParkKeys { get; set; } = true;
}
