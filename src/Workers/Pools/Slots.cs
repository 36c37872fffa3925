namespace InferenceBroker.Workers.Pools;

/// <summary>
/// A semaphore whose limit can be changed while it is used: a lower one is reached as slots come back. First come, first served. Thread safe.
/// </summary>
internal sealed class Slots(int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private int _limit = limit;
    private int _taken;

    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return _limit;
            }
        }
    }

    /// <summary>True: a slot is taken and has to be released. False: the token was cancelled first.</summary>
    public ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromResult(false);
        }

        lock (_lock)
        {
            if (_taken < _limit)
            {
                _taken++;
                return ValueTask.FromResult(true);
            }

            var node = _waiting.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            return new ValueTask<bool>(WaitAsync(node, cancellationToken));
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _taken--;
            GrantNeedsLock();
        }
    }

    public void SetLimit(int limit)
    {
        lock (_lock)
        {
            _limit = limit;
            GrantNeedsLock();
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource<bool>> node, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => GiveUp(node));
        return await node.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                _waiting.Remove(node);
                node.Value.TrySetResult(false);
            }
        }
    }

    private void GrantNeedsLock()
    {
        while (_taken < _limit && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _taken++;
            first.Value.TrySetResult(true);
        }
    }
}
