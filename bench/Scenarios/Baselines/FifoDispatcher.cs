using InferenceBroker.Scenarios.Simulation;

namespace InferenceBroker.Scenarios.Baselines;

/// <summary>One queue for all, first come, first served: the oldest job goes to the next slot that is free.</summary>
internal sealed class FifoDispatcher(EventQueue events, IReadOnlyList<SimulatedProvider> providers) : IDispatcher
{
    private readonly WorkerPool[] _pools = [.. providers.Select(provider => new WorkerPool(provider, events))];
    private readonly Queue<SimulatedJob> _queue = [];

    public void Submit(SimulatedJob job)
    {
        _queue.Enqueue(job);
        Dispatch();
    }

    private void Dispatch()
    {
        foreach (var pool in _pools)
        {
            while (pool.Load < pool.Provider.Concurrency && _queue.TryDequeue(out var job))
            {
                pool.Run(job, "default", _ => End(job));
            }
        }
    }

    private void End(SimulatedJob job)
    {
        job.EndedAt = events.Now;
        events.At(events.Now, Dispatch);
    }
}
