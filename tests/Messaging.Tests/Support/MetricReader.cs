using System.Diagnostics.Metrics;

namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Sums a counter of one node and lets a test await its value.</summary>
internal sealed class MetricReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _counted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sum;

    public MetricReader(IMeterFactory meters, string instrument, string tag, string value)
    {
        _listener.InstrumentPublished = (candidate, listener) =>
        {
            if (candidate.Name == instrument && ReferenceEquals(candidate.Meter.Scope, meters))
                listener.EnableMeasurementEvents(candidate);
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, measurement, tags, _) =>
            {
                foreach (var (key, held) in tags)
                    if (key == tag && Equals(held, value))
                    {
                        Interlocked.Add(ref _sum, measurement);
                        _counted.TrySetResult();
                    }
            }
        );
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    public Task Counted => _counted.Task;

    public void Dispose() => _listener.Dispose();
}
