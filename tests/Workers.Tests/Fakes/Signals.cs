namespace InferenceBroker.Workers.Tests.Fakes;

/// <summary>A thread-safe list that can be awaited to reach a length, so that no test has to sleep.</summary>
internal sealed class Signals<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Add(item);
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= _items.Count))
            {
                reached.TrySetResult();
            }
        }
    }

    public Task ReachAsync(int count)
    {
        lock (_lock)
        {
            if (_items.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(Bench.Patience);
        }
    }
}
