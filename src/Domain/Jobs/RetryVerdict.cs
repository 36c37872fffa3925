namespace InferenceBroker.Domain.Jobs;

/// <summary>What a failed attempt means for its job.</summary>
public enum RetryVerdict
{
    /// <summary>Back to the queue.</summary>
    Retry,

    /// <summary>A permanent failure, or the attempts are spent.</summary>
    Fail,

    /// <summary>It could be tried again, but its deadline has passed.</summary>
    Expire,
}
