using System.Diagnostics.Metrics;

namespace InferenceBroker.Hosting.Reload;

/// <summary>Counts what became of changed configurations.</summary>
internal sealed class ReloadMetrics
{
    public const string MeterName = "InferenceBroker.Hosting";

    private readonly Counter<long> _reloads;

    public ReloadMetrics(IMeterFactory meters) =>
        _reloads = meters
            .Create(MeterName)
            .CreateCounter<long>("broker.configuration.reloads", "{reload}", "Changed configurations, by outcome (applied, refused)");

    public void Applied() => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", "applied"));

    public void Refused() => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));
}
