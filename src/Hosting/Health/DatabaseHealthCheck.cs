using InferenceBroker.Persistence.Tenants;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InferenceBroker.Hosting.Health;

/// <summary>Healthy where the database answers a small query.</summary>
internal sealed class DatabaseHealthCheck(ITenantStore tenants) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await tenants.FindTenantAsync("default", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer ({e.GetType().Name}).");
        }
    }
}
