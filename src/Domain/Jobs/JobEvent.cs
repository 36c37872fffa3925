namespace InferenceBroker.Domain.Jobs;

/// <summary>Something that happened to a job. The closed list of nested records is the saga's alphabet.</summary>
public abstract record JobEvent
{
    private JobEvent() { }

    /// <summary>The scheduler gave the job to an endpoint.</summary>
    public sealed record JobDispatched : JobEvent;

    /// <summary>Dispatched, but no worker took it within the limit: its message may be lost.</summary>
    public sealed record DispatchOverdue : JobEvent;

    /// <summary>The scheduler takes a dispatched job back, for example because its endpoint was paused.</summary>
    public sealed record DispatchRecalled : JobEvent;

    /// <summary>A worker is about to call the provider.</summary>
    public sealed record AttemptStarted : JobEvent;

    /// <summary>The provider answered.</summary>
    public sealed record AttemptSucceeded : JobEvent;

    /// <summary>The attempt failed; the verdict says what that means for the job.</summary>
    public sealed record AttemptFailed(RetryVerdict Verdict) : JobEvent;

    /// <summary>A worker that shuts down, or that cannot take it now, gives the job back.</summary>
    public sealed record AttemptHandedBack : JobEvent;

    /// <summary>The worker stopped the attempt because its owner asked for it.</summary>
    public sealed record AttemptCancelled : JobEvent;

    /// <summary>The worker has not been heard of for too long.</summary>
    public sealed record WorkerLost(RetryVerdict Verdict) : JobEvent;

    /// <summary>The attempt ran past its own time limit without a word from its worker.</summary>
    public sealed record AttemptOverdue(RetryVerdict Verdict) : JobEvent;

    /// <summary>The owner wants the job to end.</summary>
    public sealed record CancelRequested : JobEvent;

    /// <summary>No endpoint that can serve the job is expected to stay within its <c>max_cost</c>.</summary>
    public sealed record CostExceeded : JobEvent;

    /// <summary>The job's deadline has passed.</summary>
    public sealed record DeadlinePassed : JobEvent;
}
