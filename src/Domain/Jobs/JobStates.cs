namespace InferenceBroker.Domain.Jobs;

public static class JobStates
{
    /// <summary>True for the four states that no event leaves.</summary>
    public static bool IsTerminal(this JobState state) => state >= JobState.Completed;
}
