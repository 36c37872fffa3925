namespace InferenceBroker.Domain.Jobs;

/// <summary>May a call that perhaps reached a provider be repeated? The stored numbers are never changed.</summary>
public enum ReplayPolicy : short
{
    /// <summary>Always: the default.</summary>
    Always = 0,

    /// <summary>Only where no output was received.</summary>
    IfNoOutput = 1,

    /// <summary>Never: a call whose end is unknown fails the job.</summary>
    Never = 2,
}
