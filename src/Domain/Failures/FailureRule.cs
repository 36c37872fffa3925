namespace InferenceBroker.Domain.Failures;

/// <summary>What a failure class means for the job.</summary>
/// <param name="CanRetry">Another attempt may succeed.</param>
/// <param name="CostsAttempt">Counts against the job's attempts.</param>
/// <param name="MayHaveReachedModel">The provider may have done (and billed) the work, so the replay policy decides.</param>
/// <param name="Name">The word for it in the API, logs and metrics. Never renamed.</param>
public sealed record FailureRule(FailureClass Class, string Name, bool CanRetry, bool CostsAttempt, bool MayHaveReachedModel);
