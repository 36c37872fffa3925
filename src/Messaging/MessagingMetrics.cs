using System.Diagnostics.Metrics;

namespace InferenceBroker.Messaging;

/// <summary>What messaging counts. Thread safe.</summary>
internal sealed class MessagingMetrics
{
    public const string MeterName = "InferenceBroker.Messaging";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _notSent;

    public MessagingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>("broker.hints.sent", "{hint}", "Hints sent, by destination");
        _dropped = meter.CreateCounter<long>("broker.hints.dropped", "{hint}", "Hints dropped, by destination and reason (full, not_sent)");
        _failed = meter.CreateCounter<long>("broker.messages.failed", "{message}", "Messages whose handler failed for good, by queue");
        _notSent = meter.CreateCounter<long>("broker.executions.not_sent", "{message}", "ExecuteJobs messages not confirmed, by provider");
    }

    public void HintsSent(string destination, int count) => _sent.Add(count, Destination(destination));

    public void HintsDropped(string destination, string reason, int count) =>
        _dropped.Add(count, Destination(destination), new KeyValuePair<string, object?>("reason", reason));

    public void MessageFailed(string queue) => _failed.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void ExecutionNotSent(string provider) => _notSent.Add(1, new KeyValuePair<string, object?>("provider", provider));

    private static KeyValuePair<string, object?> Destination(string name) => new("destination", name);
}
