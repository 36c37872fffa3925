using System.Collections.Concurrent;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// The jobs whose end the run waits for, with the line of each. Limits how many there are: submitting waits for room, collecting makes it.
/// Thread safe.
/// </summary>
internal sealed class OutstandingJobs(int limit) : IDisposable
{
    private readonly ConcurrentDictionary<JobId, int> _lines = new();
    private readonly SemaphoreSlim _room = new(limit);

    public int Count => _lines.Count;

    /// <summary>A job of an earlier start. May go over the limit; the next one then waits until that has been worked off.</summary>
    public void Adopt(JobId id, int line)
    {
        _ = _room.Wait(0, CancellationToken.None);
        _lines.TryAdd(id, line);
    }

    /// <summary>Waits for one free place; the caller then adds a job, or not where the wait was cancelled.</summary>
    public Task TakeRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    public void Add(JobId id, int line) => _lines.TryAdd(id, line);

    public bool Contains(JobId id) => _lines.ContainsKey(id);

    public bool TryRemove(JobId id, out int line)
    {
        if (!_lines.TryRemove(id, out line))
        {
            return false;
        }

        _room.Release();
        return true;
    }

    public JobId[] Ids() => [.. _lines.Keys];

    public void Dispose() => _room.Dispose();
}
