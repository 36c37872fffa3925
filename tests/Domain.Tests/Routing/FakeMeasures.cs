using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

internal sealed class FakeMeasures : IEndpointMeasures
{
    public double TimeToFirstToken { get; set; }

    public double SecondsPerOutputToken { get; set; }

    public double ErrorShareLastMinute { get; set; }

    public double ErrorShareLastFiveMinutes { get; set; }

    public double ErrorShareLastHour { get; set; }

    public double Share { get; set; } = 1;
}
