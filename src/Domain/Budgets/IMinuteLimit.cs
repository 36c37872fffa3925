namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// An amount that may be used in a minute: taken before a call, corrected after it. Not thread safe; calls that take no time go by the last
/// time that was seen.
/// </summary>
public interface IMinuteLimit
{
    /// <summary>What may be taken now. Below zero where more was used than taken: the next ones wait it off.</summary>
    double Level(DateTimeOffset now);

    /// <summary>What may be used in a minute.</summary>
    double PerMinute { get; }

    /// <summary>True where there is room. An amount above the whole limit has room where nothing is taken: else it never would.</summary>
    bool Has(double amount, DateTimeOffset now);

    /// <summary>About when there will be room, if nothing else is taken.</summary>
    DateTimeOffset RoomAt(double amount, DateTimeOffset now);

    /// <summary>Takes the amount, whether or not there is room.</summary>
    /// <param name="takenAt">To be given again where the call starts or ends; null where it cannot be.</param>
    void Take(double amount, DateTimeOffset? takenAt);

    /// <summary>The call for which it was taken has begun at the provider.</summary>
    void Start(double taken, DateTimeOffset? takenAt, DateTimeOffset startedAt);

    /// <summary>The call has ended.</summary>
    /// <param name="startedAt">When it began at the provider; null where unknown.</param>
    /// <param name="wasStarted"><see cref="Start"/> was called for it, with the same time.</param>
    void Settle(double taken, DateTimeOffset? takenAt, double used, DateTimeOffset? startedAt, bool wasStarted, DateTimeOffset now);

    /// <summary>Gives back what was taken for a call that never came to be.</summary>
    void Return(double taken, DateTimeOffset? takenAt);

    /// <summary>The provider says how much is left: lowers the level where the provider knows of less, and never raises it.</summary>
    void Correct(double remaining, DateTimeOffset observedAt, DateTimeOffset resetAt, DateTimeOffset now);

    /// <summary>Counts a call of the past; for a new leader, with the calls of the last minute.</summary>
    void Replay(double used, DateTimeOffset startedAt, DateTimeOffset now);

    /// <summary>A new limit, from now on; what was taken stays taken.</summary>
    void Resize(double perMinute, double burst, DateTimeOffset now);
}
