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

    /// <summary>Creation + slack of the lane, or the last moment to start before the deadline where that is earlier.</summary>
    public static DateTimeOffset Due(DateTimeOffset createdAt, Lane lane, DateTimeOffset? deadline, int estimatedOutputTokens)
    {
        var due = createdAt + Slack(lane);
        if (deadline is not { } end)
        {
            return due;
        }

        var lastStart = end - TimeSpan.FromSeconds((double)estimatedOutputTokens / TokensPerSecond);
        return lastStart < due ? lastStart : due;
    }
}
