using System.ComponentModel.DataAnnotations;

namespace InferenceBroker.Workers;

/// <summary>Settings of the worker role, under <c>Broker:Workers</c>.</summary>
public sealed class WorkersOptions
{
    public const string Section = "Broker:Workers";

    /// <summary>The providers that this worker serves, by name. Default: empty, which means all of them.</summary>
    public IList<string> Providers { get; init; } = [];

    /// <summary>How long running attempts may go on after the stop signal, in seconds. What has not ended by then is handed back. 0: hand back at once.</summary>
    [Range(0, 3600)]
    public int ShutdownSeconds { get; set; } = 20;

    /// <summary>The time between two heartbeats in seconds. A worker that was silent for 10 s is taken for lost, so keep well below.</summary>
    [Range(1, 5)]
    public int HeartbeatSeconds { get; set; } = 1;
}
