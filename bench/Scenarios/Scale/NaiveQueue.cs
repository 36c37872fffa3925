using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scenarios.Simulation;

namespace InferenceBroker.Scenarios.Scale;

/// <summary>What one would write first: the jobs as they come from the database in a dictionary and a queue for each tenant, and for every decision a look at all tenants.</summary>
internal static class NaiveQueue
{
    private const int Tenants = 10_000;
    private const int Decisions = 2_000;

    public static (double PerSecond, double BytesPerJob) Measure(int jobs)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var byId = new Dictionary<Guid, QueuedJob>();
        var queues = Enumerable.Range(0, Tenants).Select(_ => new PriorityQueue<QueuedJob, DateTimeOffset>()).ToArray();
        for (var i = 0; i < jobs; i++)
        {
            var job = Hints.Queued(
                new SimulatedJob
                {
                    Id = JobIds.Of(i),
                    CreatedAt = World.Start,
                    Tenant = i % Tenants,
                }
            );
            byId.Add(job.Id.Value, job);
            queues[i % Tenants].Enqueue(job, job.CreatedAt);
        }

        var bytesPerJob = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / jobs;
        var times = new double[Tenants];
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Decisions; i++)
        {
            var next = Enumerable.Range(0, Tenants).Where(tenant => queues[tenant].Count > 0).MinBy(tenant => times[tenant]);
            var job = queues[next].Dequeue();
            byId.Remove(job.Id.Value);
            times[next] += job.EstimatedInputTokens;
        }

        var perSecond = Decisions / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return (perSecond, bytesPerJob);
    }
}
