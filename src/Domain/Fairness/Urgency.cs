using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Fairness;

/// <summary>
/// When a job is due: the job with the earliest due time goes first within its tenant. Since every lane adds a fixed slack to the time of
/// creation, old work of a lower lane overtakes new work of a higher one in the end.
/// </summary>
public static class Urgency
{
    // A cautious guess of a model's speed, until measured ones are there.
    private const int TokensPerSecond = 50;

    public static TimeSpan Slack(Lane lane) =>
        lane switch
        {
            Lane.Interactive => TimeSpan.Zero,
            Lane.Standard => TimeSpan.FromSeconds(30),
            Lane.Batch => TimeSpan.FromMinutes(10),
            _ => TimeSpan.FromHours(2),
        };

    /// <summary>The slack of a lane for an API priority from 0 to 9: the middle of each lane's priorities has the lane's slack.</summary>
    public static TimeSpan Slack(int priority) =>
        priority switch
        {
            >= 9 => TimeSpan.Zero,
            8 => TimeSpan.FromSeconds(1),
            7 => TimeSpan.FromSeconds(2),
            6 => TimeSpan.FromSeconds(15),
            5 => Slack(Lane.Standard),
            4 => TimeSpan.FromSeconds(45),
            3 => TimeSpan.FromMinutes(5),
            2 => Slack(Lane.Batch),
            1 => TimeSpan.FromMinutes(20),
            _ => Slack(Lane.Idle),
        };

    /// <summary>The lane of an API priority from 0 to 9.</summary>
    public static Lane LaneOf(int priority) =>
        priority switch
        {
            >= 7 => Lane.Interactive,
            >= 4 => Lane.Standard,
            >= 1 => Lane.Batch,
            _ => Lane.Idle,
        };

    /// <summary>How long a job can still wait and be answered in time; below zero: not at all.</summary>
    public static TimeSpan SlackTo(DateTimeOffset deadline, TimeSpan expectedDuration, DateTimeOffset now) =>
        deadline - now - expectedDuration;

    /// <summary>
    /// Creation + slack, or the last moment to start before the deadline where that is earlier. Among jobs with deadlines this is the order
    /// of the least slack, since what has passed is the same for all.
    /// </summary>
    public static DateTimeOffset Due(DateTimeOffset createdAt, TimeSpan slack, DateTimeOffset? deadline, TimeSpan expectedDuration)
    {
        var due = createdAt + slack;
        return deadline is { } end && end - expectedDuration < due ? end - expectedDuration : due;
    }

    /// <summary>Creation + slack of the lane, or the last moment to start before the deadline where that is earlier.</summary>
    public static DateTimeOffset Due(DateTimeOffset createdAt, Lane lane, DateTimeOffset? deadline, int estimatedOutputTokens) =>
        Due(createdAt, Slack(lane), deadline, TimeSpan.FromSeconds((double)estimatedOutputTokens / TokensPerSecond));
}
