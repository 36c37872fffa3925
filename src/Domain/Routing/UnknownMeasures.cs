namespace InferenceBroker.Domain.Routing;

/// <summary>The measures of an endpoint that nothing is known of: taken for healthy.</summary>
public sealed class UnknownMeasures : IEndpointMeasures
{
    private UnknownMeasures() { }

    public static UnknownMeasures Instance { get; } = new();

    public double TimeToFirstToken => 0;

    public double SecondsPerOutputToken => 0;

    public double ErrorShareLastMinute => 0;

    public double ErrorShareLastFiveMinutes => 0;

    public double ErrorShareLastHour => 0;

    public double Share => 1;
}
