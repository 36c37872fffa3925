namespace InferenceBroker.Persistence.Jobs;

public enum FinishOutcome
{
    /// <summary>The job moved.</summary>
    Applied,

    /// <summary>The fence was old: recorded as superseded, or already recorded.</summary>
    Superseded,
}
