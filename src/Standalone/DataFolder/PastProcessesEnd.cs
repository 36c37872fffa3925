using InferenceBroker.Hosting;
using InferenceBroker.Persistence.Liveness;

namespace InferenceBroker.Standalone.DataFolder;

/// <summary>
/// Ends what a killed process left in the data folder's database, before the roles start: the lock on the folder proves that it is dead, so that
/// nobody has to wait for its lease and its heartbeat to run out. A database server has other users, of whom the lock says nothing.
/// </summary>
internal sealed class PastProcessesEnd(BrokerSetup setup, IPastProcesses past) : IHostedLifecycleService
{
    /// <summary>Runs after the database was made ready: that is registered first.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        setup.UsesPostgres ? Task.CompletedTask : past.EndAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
