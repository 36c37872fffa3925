namespace InferenceBroker.Standalone.Hosts;

/// <summary>Leaves start and end of the host to the command, which handles the signals itself.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
