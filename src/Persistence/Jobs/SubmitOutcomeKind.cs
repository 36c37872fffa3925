namespace InferenceBroker.Persistence.Jobs;

public enum SubmitOutcomeKind
{
    /// <summary>The job is new.</summary>
    Created,

    /// <summary>The same request came before; the id is that job's.</summary>
    Repeated,

    /// <summary>The key was used for another request; the id is that job's.</summary>
    Conflict,
}
