using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>How a job's priority maps onto a lane.</summary>
internal static class Lanes
{
    public const short DefaultPriority = 5;

    /// <summary>The priority of calls that somebody waits for.</summary>
    public const short SynchronousPriority = 7;

    public static Lane Of(int priority) =>
        priority switch
        {
            >= 7 => Lane.Interactive,
            >= 4 => Lane.Standard,
            >= 1 => Lane.Batch,
            _ => Lane.Idle,
        };
}
