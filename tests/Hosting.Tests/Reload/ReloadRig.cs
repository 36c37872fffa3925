using System.Diagnostics.Metrics;
using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Hosting.Reload;
using InferenceBroker.Hosting.Tests.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Hosting.Tests.Reload;

/// <summary>A configuration in a temporary folder, read once, with the reload that follows it.</summary>
internal sealed class ReloadRig : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, long> _counts = [];
    private readonly MeterListener _listener = new();

    public ReloadRig(string json, params (string Name, string Value)[] environment)
    {
        File = Write(json);
        Source = new ConfigurationSource(File, _folder.Path, environment.ToDictionary(v => v.Name, v => v.Value));
        InForce = new ConfigurationInForce(BrokerConfiguration.Load(Source));
        var services = new ServiceCollection();
        services.AddMetrics().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services
            .AddOptions<WorkersOptions>()
            .BindStrictly("Broker:Workers")
            .Validate(o => o.ShutdownSeconds <= 100, "ShutdownSeconds: The field WorkersOptions.ShutdownSeconds must be at most 100.");
        _services = services.BuildServiceProvider();
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Count((string)tags[0].Value!, value));
        _listener.Start();
        Reload = new ConfigurationReload(
            InForce,
            Source,
            new RoleSectionsCheck(_services.GetServices<IRoleSection>(), Source),
            new ReloadMetrics(meters),
            Log
        );
    }

    public string File { get; }

    public string Folder => _folder.Path;

    public ConfigurationSource Source { get; }

    public ConfigurationInForce InForce { get; }

    public ConfigurationReload Reload { get; }

    public RecordingLogger<ConfigurationReload> Log { get; } = new();

    /// <summary>By outcome.</summary>
    public long Counted(string outcome) => _counts.GetValueOrDefault(outcome);

    public string Write(string json) => _folder.Write("broker.json", json);

    /// <summary>Two looks: the first sees the change, the second judges it.</summary>
    public ReloadOutcome Settle()
    {
        Reload.RunOnce();
        return Reload.RunOnce();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    private void Count(string outcome, long value) => _counts[outcome] = Counted(outcome) + value;

    private sealed class WorkersOptions
    {
        public int ShutdownSeconds { get; set; }
    }
}
