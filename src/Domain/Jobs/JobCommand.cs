namespace InferenceBroker.Domain.Jobs;

/// <summary>What has to be done because of a transition.</summary>
public enum JobCommand
{
    /// <summary>Publish the attempt to its provider's queue.</summary>
    ExecuteJob,

    /// <summary>Settle the endpoint's and tenant's reservation with what the attempt used.</summary>
    Settle,

    /// <summary>Put the job back into the scheduler's index.</summary>
    Requeue,

    /// <summary>Tell readers and webhooks that the job has ended.</summary>
    Notify,

    /// <summary>Have the worker close the provider's connection.</summary>
    StopAttempt,

    /// <summary>Write the attempt down as superseded: its cost counts, its answer does not.</summary>
    RecordSuperseded,
}
