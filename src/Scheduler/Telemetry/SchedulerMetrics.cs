using System.Diagnostics.Metrics;

namespace InferenceBroker.Scheduler.Telemetry;

/// <summary>The scheduler's numbers, meter <see cref="MeterName"/>. Thread safe.</summary>
internal sealed class SchedulerMetrics : IDisposable
{
    public const string MeterName = "InferenceBroker.Scheduler";

    private readonly Meter _meter;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _dispatched;
    private readonly Counter<long> _resent;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _health;
    private readonly Histogram<double> _round;
    private long _queued;
    private long _inFlight;
    private int _leads;

    public SchedulerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _decisions = _meter.CreateCounter<long>("broker.scheduler.decisions", "{job}", "Jobs given to an endpoint, before the claim");
        _dispatched = _meter.CreateCounter<long>("broker.scheduler.dispatched", "{job}", "Jobs dispatched");
        _resent = _meter.CreateCounter<long>("broker.scheduler.resent", "{job}", "Dispatched jobs whose message was sent again");
        _swept = _meter.CreateCounter<long>("broker.scheduler.swept", "{job}", "Jobs moved by a sweep");
        _health = _meter.CreateCounter<long>("broker.scheduler.health_changes", "{change}", "Changes of an endpoint's breaker or parking");
        _round = _meter.CreateHistogram<double>("broker.scheduler.round.duration", "s", "Planning of a dispatch round");
        _meter.CreateObservableGauge(
            "broker.scheduler.queued",
            () => Volatile.Read(ref _queued),
            "{job}",
            "Queued jobs in the leader's index"
        );
        _meter.CreateObservableGauge(
            "broker.scheduler.in_flight",
            () => Volatile.Read(ref _inFlight),
            "{job}",
            "Dispatched and running jobs"
        );
        _meter.CreateObservableGauge("broker.scheduler.leader", () => Volatile.Read(ref _leads), "1", "1 while this process leads");
    }

    public void Decided(int jobs, TimeSpan duration)
    {
        _decisions.Add(jobs);
        _round.Record(duration.TotalSeconds);
    }

    public void Dispatched(int jobs) => _dispatched.Add(jobs);

    public void Resent(int jobs) => _resent.Add(jobs);

    /// <param name="sweep">Which sweep: <c>expired</c> or <c>recovered</c>.</param>
    public void Swept(string sweep, int jobs) => _swept.Add(jobs, new KeyValuePair<string, object?>("sweep", sweep));

    /// <param name="state">What it changed to.</param>
    public void HealthChanged(string endpoint, string state) =>
        _health.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("state", state));

    public void Note(int queued, int inFlight)
    {
        Volatile.Write(ref _queued, queued);
        Volatile.Write(ref _inFlight, inFlight);
    }

    public void Leads(bool leads)
    {
        Volatile.Write(ref _leads, leads ? 1 : 0);
        if (!leads)
        {
            Note(queued: 0, inFlight: 0);
        }
    }

    public void Dispose() => _meter.Dispose();
}
