using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace InferenceBroker.Hosting.Telemetry;

/// <summary>Metrics for Prometheus always, traces only where somebody takes them.</summary>
internal static class TelemetryRegistration
{
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddBrokerTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics.AddMeter("InferenceBroker.*", "MassTransit").AddRuntimeInstrumentation().AddPrometheusExporter()
            );
        if (!string.IsNullOrEmpty(configuration[CollectorVariable]))
        {
            telemetry.WithTracing(traces =>
                traces.AddSource("InferenceBroker.*", "MassTransit", "Npgsql", "Microsoft.AspNetCore", "System.Net.Http").AddOtlpExporter()
            );
        }
    }
}
