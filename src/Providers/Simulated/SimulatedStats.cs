using System.Collections.Concurrent;
using System.Text.Json;

namespace InferenceBroker.Providers.Simulated;

/// <summary>The ledger of a simulated provider: who called how often. Thread safe.</summary>
public sealed class SimulatedStats
{
    /// <summary>Of so many jobs the calls are remembered; the oldest are forgotten first.</summary>
    public const int MostJobs = 200_000;

    private ConcurrentDictionary<string, SimulatedModelStats> _models = new();
    private SimulatedJobCalls _jobs = new(MostJobs);

    public SimulatedModelStats Total { get; private set; } = new();

    public IReadOnlyDictionary<string, SimulatedModelStats> Models => _models;

    /// <summary>Calls by the value of the header <c>x-broker-job-id</c>.</summary>
    public IReadOnlyDictionary<string, int> Jobs => _jobs.Counts;

    /// <summary>Forgets everything. Calls in flight go on, uncounted.</summary>
    public void Clear()
    {
        Total = new SimulatedModelStats();
        _models = new ConcurrentDictionary<string, SimulatedModelStats>();
        _jobs = new SimulatedJobCalls(MostJobs);
    }

    internal SimulatedModelStats Of(string model) => _models.GetOrAdd(model, static _ => new SimulatedModelStats());

    internal void CountJob(string? job)
    {
        if (job is not null)
        {
            _jobs.Count(job);
        }
    }

    internal void WriteTo(Utf8JsonWriter writer, bool withJobs)
    {
        writer.WriteStartObject();
        WriteCounts(writer, Total);
        writer.WriteStartObject("models");
        foreach (var (model, counts) in _models)
        {
            writer.WriteStartObject(model);
            WriteCounts(writer, counts);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteNumber("job_count", _jobs.Counts.Count);
        if (withJobs)
        {
            writer.WriteStartObject("jobs");
            foreach (var (job, calls) in _jobs.Counts)
            {
                writer.WriteNumber(job, calls);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, SimulatedModelStats counts)
    {
        writer.WriteNumber("calls", counts.Calls);
        writer.WriteNumber("in_flight", counts.InFlight);
        writer.WriteNumber("max_in_flight", counts.MaxInFlight);
        writer.WriteNumber("rate_limited", counts.RateLimited);
        writer.WriteNumber("failed", counts.Failed);
    }
}
