using System.Collections.Concurrent;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>The attempts that this process is running, so that they can be stopped by their job's id. Thread safe.</summary>
internal sealed class RunningAttempts : IDisposable
{
    private readonly ConcurrentDictionary<JobId, Attempt> _attempts = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private volatile bool _stopped;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The process is about to go: whatever still tries to store something gives up.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>
    /// False: the same or a later attempt of the job runs here already, so this is a repeated or late message. An earlier one has lost its
    /// place and is stopped. After true, <see cref="Remove"/> has to follow.
    /// </summary>
    public bool TryAdd(Attempt attempt)
    {
        while (!_attempts.TryAdd(attempt.JobId, attempt))
        {
            if (!_attempts.TryGetValue(attempt.JobId, out var other))
            {
                continue;
            }

            if (other.Order.Fence >= attempt.Order.Fence)
            {
                return false;
            }

            if (_attempts.TryUpdate(attempt.JobId, attempt, other))
            {
                other.Stop(StopReason.Superseded);
                break;
            }
        }

        Interlocked.Increment(ref _count);
        if (_stopped)
        {
            attempt.Stop(StopReason.HandedBack);
        }

        return true;
    }

    public void Remove(Attempt attempt)
    {
        _attempts.TryRemove(KeyValuePair.Create(attempt.JobId, attempt));
        if (Interlocked.Decrement(ref _count) == 0 && _stopped)
        {
            _idle.TrySetResult();
        }
    }

    /// <summary>False: not running here.</summary>
    public bool Cancel(JobId id)
    {
        if (!_attempts.TryGetValue(id, out var attempt))
        {
            return false;
        }

        attempt.Stop(StopReason.Cancelled);
        return true;
    }

    /// <summary>Hands back what runs and what is yet to start; the task ends with the last attempt.</summary>
    public Task HandBackAllAsync()
    {
        _stopped = true;
        foreach (var attempt in _attempts.Values)
        {
            attempt.Stop(StopReason.HandedBack);
        }

        if (Count == 0)
        {
            _idle.TrySetResult();
        }

        return _idle.Task;
    }

    public void Abort() => _aborted.Cancel();

    public void Dispose() => _aborted.Dispose();
}
