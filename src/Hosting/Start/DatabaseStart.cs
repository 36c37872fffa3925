using InferenceBroker.Persistence.Startup;
using Microsoft.Extensions.Hosting;

namespace InferenceBroker.Hosting.Start;

/// <summary>Makes the database ready before any other hosted service starts. Registered before all others.</summary>
internal sealed class DatabaseStart(IDatabaseInitializer database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => database.InitializeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
