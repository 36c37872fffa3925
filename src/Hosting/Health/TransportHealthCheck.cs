using InferenceBroker.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace InferenceBroker.Hosting.Health;

/// <summary>Healthy while the bus is connected.</summary>
internal sealed class TransportHealthCheck(IBusStatus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(bus.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The message bus is not connected."));
}
