namespace InferenceBroker.Persistence.Commit;

/// <summary>
/// What happens to a group whose commit threw: tried again while the database is away, taken apart where a row is bad. Every request of the group
/// is completed in the end.
/// </summary>
internal sealed class GroupRetry<TRow, TResult>(
    CommitRows<TRow, TResult> commit,
    ITransientFaults faults,
    GroupCommitOptions options,
    TimeProvider time
)
{
    public async Task RunAsync(List<CommitRequest<TRow, TResult>> group, Exception exception, CancellationToken cancellationToken)
    {
        var backoff = options.FirstBackoff;
        while (faults.IsTransient(exception))
        {
            FailImpatient(group, exception);
            if (group.Count == 0)
            {
                return;
            }

            try
            {
                await Task.Delay(backoff, time, cancellationToken);
                backoff = TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, options.MaxBackoff.Ticks));
                Complete(group, await commit([.. group.Select(request => request.Row)], repeated: true, cancellationToken));
                return;
            }
            catch (Exception next)
            {
                exception = next;
            }
        }

        if (group.Count == 1 || exception is OperationCanceledException)
        {
            Fail(group, exception);
            return;
        }

        await CommitOneByOneAsync(group, cancellationToken);
    }

    private static void Complete(List<CommitRequest<TRow, TResult>> group, IReadOnlyList<TResult> results)
    {
        for (var i = 0; i < group.Count; i++)
        {
            group[i].TrySetResult(results[i]);
        }
    }

    private static void Fail(List<CommitRequest<TRow, TResult>> group, Exception exception)
    {
        foreach (var request in group)
        {
            request.TrySetException(exception);
        }
    }

    /// <summary>Told as repetitions: the group that failed may be one that was sent more than once.</summary>
    private async Task CommitOneByOneAsync(List<CommitRequest<TRow, TResult>> group, CancellationToken cancellationToken)
    {
        foreach (var request in group)
        {
            var single = new List<CommitRequest<TRow, TResult>> { request };
            try
            {
                Complete(single, await commit([request.Row], repeated: true, cancellationToken));
            }
            catch (Exception exception)
            {
                await RunAsync(single, exception, cancellationToken);
            }
        }
    }

    private void FailImpatient(List<CommitRequest<TRow, TResult>> group, Exception exception) =>
        group.RemoveAll(request =>
            request.Task.IsCompleted || (time.GetElapsedTime(request.EnqueuedAt) >= options.Patience && request.TrySetException(exception))
        );
}
