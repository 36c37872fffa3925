using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Commit;

/// <summary>One caller's row and the promise of its result.</summary>
internal sealed class CommitRequest<TRow, TResult>(TRow row, JobId id, long enqueuedAt)
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TRow Row { get; } = row;

    public JobId Id { get; } = id;

    public long EnqueuedAt { get; } = enqueuedAt;
}
