using System.Collections.Concurrent;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Counts calls by job, of the latest jobs only: a server that runs for weeks must not fill its memory. Thread safe.</summary>
internal sealed class SimulatedJobCalls(int limit)
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _order = new();
    private int _size;

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Count(string job)
    {
        while (!_counts.TryAdd(job, 1))
        {
            if (_counts.TryGetValue(job, out var count) && _counts.TryUpdate(job, count + 1, count))
            {
                return;
            }
        }

        _order.Enqueue(job);
        if (Interlocked.Increment(ref _size) > limit && _order.TryDequeue(out var oldest))
        {
            _counts.TryRemove(oldest, out _);
            Interlocked.Decrement(ref _size);
        }
    }
}
