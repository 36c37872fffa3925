using MassTransit;

namespace InferenceBroker.Messaging;

internal sealed class BusStatus(IBusControl bus) : IBusStatus
{
    public bool IsConnected => bus.CheckHealth().Status == BusHealthStatus.Healthy;
}
