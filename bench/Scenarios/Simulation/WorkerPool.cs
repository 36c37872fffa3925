namespace InferenceBroker.Scenarios.Simulation;

/// <summary>The slots that workers have for a provider: what finds none waits in line.</summary>
internal sealed class WorkerPool(SimulatedProvider provider, EventQueue events)
{
    private readonly Queue<(SimulatedJob Job, string Key, Action<Answer> Ended)> _waiting = [];
    private int _busy;

    public SimulatedProvider Provider { get; } = provider;

    public int Load => _busy + _waiting.Count;

    public void Run(SimulatedJob job, string key, Action<Answer> ended)
    {
        if (_busy < Provider.Concurrency)
        {
            Begin(job, key, ended);
        }
        else
        {
            _waiting.Enqueue((job, key, ended));
        }
    }

    private void Begin(SimulatedJob job, string key, Action<Answer> ended)
    {
        _busy++;
        job.StartedAt = events.Now;
        job.Calls++;
        var answer = Provider.Call(job, key, events.Now);
        events.After(
            answer.Duration,
            () =>
            {
                _busy--;
                ended(answer);
                if (_busy < Provider.Concurrency && _waiting.TryDequeue(out var next))
                {
                    Begin(next.Job, next.Key, next.Ended);
                }
            }
        );
    }
}
