using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>What became of a submit with an idempotency key.</summary>
public readonly record struct SubmitOutcome(SubmitOutcomeKind Kind, JobId JobId);
