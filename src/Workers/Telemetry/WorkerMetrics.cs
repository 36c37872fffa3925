using System.Diagnostics;
using System.Diagnostics.Metrics;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Telemetry;

/// <summary>The workers' instruments. Names and tags are a contract.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    public const string MeterName = "InferenceBroker.Workers";

    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _timeToFirstToken;
    private readonly UpDownCounter<long> _inFlight;

    public WorkerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _attempts = _meter.CreateCounter<long>("broker.attempts", "{attempt}", "Ended attempts by provider and outcome.");
        _duration = _meter.CreateHistogram<double>("broker.attempt.duration", "s", "From an attempt's start to its stored end.");
        _timeToFirstToken = _meter.CreateHistogram<double>(
            "broker.attempt.time_to_first_token",
            "s",
            "From the request to the first content of a stream, or to the headers of a plain answer."
        );
        _inFlight = _meter.CreateUpDownCounter<long>("broker.attempts.in_flight", "{attempt}", "Started attempts that have not ended.");
    }

    public void AttemptStarted(string provider) => _inFlight.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <param name="elapsed">Since the start.</param>
    public void AttemptEnded(string provider, AttemptEnd? end, TimeSpan elapsed)
    {
        var byProvider = new KeyValuePair<string, object?>("provider", provider);
        var tags = new TagList { byProvider, new("outcome", OutcomeOf(end)) };
        _inFlight.Add(-1, byProvider);
        _attempts.Add(1, tags);
        _duration.Record(elapsed.TotalSeconds, tags);
        if (end?.TimeToFirstTokenMs is { } milliseconds)
        {
            _timeToFirstToken.Record(milliseconds / 1000d, byProvider);
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Failed attempts are counted by their failure's name.</summary>
    internal static string OutcomeOf(AttemptEnd? end) =>
        end?.Outcome switch
        {
            null => FailureRules.Of(FailureClass.Unknown).Name,
            AttemptOutcome.Succeeded => "succeeded",
            AttemptOutcome.Superseded => "superseded",
            _ => FailureRules.Of(end.Failure).Name,
        };
}
