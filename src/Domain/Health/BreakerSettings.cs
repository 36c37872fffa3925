namespace InferenceBroker.Domain.Health;

/// <summary>When an endpoint is left alone, and how it comes back.</summary>
public sealed record BreakerSettings
{
    public static BreakerSettings Default { get; } = new();

    /// <summary>The error share of the last 60 s that opens the breaker, 0 to 1. Default 0.5.</summary>
    public double ErrorShare { get; init; } = 0.5;

    /// <summary>Fewer calls than that in 60 s say nothing about the error share. Default 20.</summary>
    public int FewestCalls { get; init; } = 20;

    /// <summary>So many errors in a row open the breaker. Default 5.</summary>
    public int ErrorsInARow { get; init; } = 5;

    /// <summary>
    /// So many errors in a row open the breaker of an endpoint that had less than 1 % errors in the last hour, of 100 calls at least: they
    /// are no chance there, and every further call would be wasted. Default 3.
    /// </summary>
    public int ErrorsInARowWhenReliable { get; init; } = 3;

    /// <summary>After so many errors in a row only one call at a time is let through, until one succeeds. Default 2.</summary>
    public int SuspectAfter { get; init; } = 2;

    /// <summary>The same while recovering. Default 2.</summary>
    public int ErrorsInARowWhileRecovering { get; init; } = 2;

    /// <summary>The first wait, doubled with every failed probe. Default 5 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Default 5 min. A longer Retry-After wins.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait while jobs have nowhere else to go. Default 10 s. A longer Retry-After wins.</summary>
    public TimeSpan LongestWaitAlone { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits are spread by this share up and down, 0 to 1. Default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>A probe that has not ended by then has failed. Default 2 min.</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The shares that a recovering endpoint gets one after the other, 0 to 1. Default 5, 25, 50, 100 %.</summary>
    public IReadOnlyList<double> Ramp { get; init; } = [0.05, 0.25, 0.5, 1];

    /// <summary>How long each share holds. Default 20 s.</summary>
    public TimeSpan RampStep { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A recovering endpoint without a call for so long gets one whatever its share, so that it is known how it does. Default 5 s.</summary>
    public TimeSpan RampPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The error share of the last 60 s from which the endpoint's share shrinks with its success, 0 to 1. Default 0.1.</summary>
    public double DegradedShare { get; init; } = 0.1;

    /// <summary>Fewer calls than that in 60 s do not degrade an endpoint. Default 10.</summary>
    public int FewestCallsForDegraded { get; init; } = 10;
}
