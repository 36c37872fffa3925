using InferenceBroker.Hosting.Reload;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InferenceBroker.Hosting.Health;

/// <summary>Always healthy, since the configuration in force is a valid one; says so where a changed file was refused.</summary>
internal sealed class ConfigurationHealthCheck(ConfigurationReload reload) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(reload.Problem));
}
