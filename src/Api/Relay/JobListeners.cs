using System.Collections.Concurrent;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>Who listens to which job in this process. Looking a job up takes no lock: every node hears of every job. Thread safe.</summary>
internal sealed class JobListeners(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, JobListener[]> _byJob = new();

    /// <summary>Listens until the listener is disposed. Begin before the first read of the job, or what happens between is missed.</summary>
    public JobListener Listen(JobId id, ListenFor what)
    {
        var listener = new JobListener(this, id.Value, what, time);
        _byJob.AddOrUpdate(id.Value, static (_, added) => [added], static (_, present, added) => [.. present, added], listener);
        return listener;
    }

    public ReadOnlySpan<JobListener> Of(Guid jobId) => _byJob.TryGetValue(jobId, out var listeners) ? listeners : [];

    public void Remove(JobListener listener)
    {
        while (_byJob.TryGetValue(listener.JobId, out var present))
        {
            JobListener[] left = [.. present.Where(l => l != listener)];
            var done =
                left.Length == 0
                    ? _byJob.TryRemove(new KeyValuePair<Guid, JobListener[]>(listener.JobId, present))
                    : _byJob.TryUpdate(listener.JobId, left, present);
            if (done)
            {
                return;
            }
        }
    }
}
