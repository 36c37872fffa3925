using InferenceBroker.Hosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Hosting;

/// <summary>Health and metrics of a process.</summary>
public static class HealthRegistration
{
    internal const string ReadyPath = "/health/ready";

    // MassTransit registers a check of its own under "ready"; ours says the same in the product's words.
    private const string Ready = "broker";

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>, open to everybody who reaches the port.</summary>
    public static WebApplication MapBrokerHealth(this WebApplication app)
    {
        app.MapHealthChecks(
                "/health/live",
                new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportWriter.WriteAsync }
            )
            .AllowAnonymous();
        app.MapHealthChecks(
                ReadyPath,
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = HealthReportWriter.WriteAsync }
            )
            .AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        return app;
    }

    internal static void AddBrokerHealth(this IServiceCollection services) =>
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<TransportHealthCheck>("transport", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
            .AddCheck<ConfigurationHealthCheck>("configuration", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
}
