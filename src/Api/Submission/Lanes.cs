namespace InferenceBroker.Api.Submission;

/// <summary>The priorities of jobs that do not name one.</summary>
internal static class Lanes
{
    public const short DefaultPriority = 5;

    /// <summary>The priority of calls that somebody waits for.</summary>
    public const short SynchronousPriority = 7;
}
