using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace InferenceBroker.Hosting.Telemetry;

/// <summary>Metrics for Prometheus always, traces only where somebody takes them.</summary>
internal static class TelemetryRegistration
{
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly double[] SecondBounds =
    [
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        30,
        60,
        120,
        300,
        600,
    ];

    public static void AddBrokerTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter("InferenceBroker.*", "MassTransit")
                    .AddRuntimeInstrumentation()
                    .AddView(ChooseBounds)
                    .AddPrometheusExporter()
            );
        if (!string.IsNullOrEmpty(configuration[CollectorVariable]))
        {
            telemetry.WithTracing(traces =>
                traces.AddSource("InferenceBroker.*", "MassTransit", "Npgsql", "Microsoft.AspNetCore", "System.Net.Http").AddOtlpExporter()
            );
        }
    }

    /// <summary>The default bounds are made for milliseconds.</summary>
    private static ExplicitBucketHistogramConfiguration? ChooseBounds(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s" } ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondBounds } : null;
}
