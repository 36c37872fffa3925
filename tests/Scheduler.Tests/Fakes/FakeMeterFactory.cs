using System.Diagnostics.Metrics;

namespace InferenceBroker.Scheduler.Tests.Fakes;

internal sealed class FakeMeterFactory : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose() { }
}
