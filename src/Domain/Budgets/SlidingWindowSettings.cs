namespace InferenceBroker.Domain.Budgets;

/// <summary>How strictly a sliding window is kept.</summary>
public sealed record SlidingWindowSettings
{
    public static SlidingWindowSettings Default { get; } = new();

    /// <summary>Calls are counted for so much longer than a minute, for clocks and networks that differ. At most 10 s. Default 250 ms.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Calls under way count as what calls of their age used in the end, by experience, and so many standard deviations more. Null: as
    /// reserved, which leaves room unused where most reservations are high, and is exceeded where some are too low. Default 5.
    /// </summary>
    public double? Deviations { get; init; } = 5;
}
