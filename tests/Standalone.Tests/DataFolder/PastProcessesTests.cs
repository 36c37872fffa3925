using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Liveness;
using InferenceBroker.Persistence.Startup;
using InferenceBroker.Standalone.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.DataFolder;

/// <summary>A process was killed: one job runs, one is dispatched, the lease and the heartbeat are young.</summary>
public sealed class PastProcessesTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Guid Worker = new(1, 0, 0, new byte[8]);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly JobId _running = new(new Guid(2, 0, 0, new byte[8]));
    private readonly JobId _dispatched = new(new Guid(3, 0, 0, new byte[8]));

    public PastProcessesTests() =>
        _services = new ServiceCollection()
            .AddBrokerPersistence(new PersistenceOptions { SqlitePath = _folder.File("broker.db") })
            .BuildServiceProvider();

    private IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public async Task InitializeAsync()
    {
        await _services.GetRequiredService<IDatabaseInitializer>().InitializeAsync(CancellationToken.None);
        var term = await AcquireAsync("killed");
        await Jobs.InsertAsync([Job(_running), Job(_dispatched)], CancellationToken.None);
        await Jobs.ClaimAsync(
            term!.Value,
            [new(_running, 0, "s/default/m"), new(_dispatched, 0, "s/default/m")],
            Now,
            CancellationToken.None
        );
        await _services.GetRequiredService<IWorkerRegistry>().BeatAsync(Worker, "killed", Now, CancellationToken.None);
        await Jobs.StartAsync([new(_running, 1, Worker, Now, Now.AddMinutes(10))], CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EndAsync_FreesTheLease_AndTheSweepsFindEveryJobAtOnce()
    {
        (await AcquireAsync("next")).ShouldBeNull();

        await _services.GetRequiredService<IPastProcesses>().EndAsync(CancellationToken.None);

        var term = await AcquireAsync("next");
        var recovered = await Jobs.RecoverAsync(term.ShouldNotBeNull(), Now, Now.AddSeconds(-10), 4, 10, CancellationToken.None);
        recovered.Select(job => job.Id).ShouldBe([_running]);
        var inFlight = await Jobs.ReadInFlightAsync(CancellationToken.None);
        inFlight.Select(job => (job.Id, job.DispatchedAt)).ShouldBe([(_dispatched, DateTimeOffset.UnixEpoch)]);
    }

    private Task<LeaderTerm?> AcquireAsync(string holder) =>
        _services
            .GetRequiredService<ILeaseStore>()
            .TryAcquireAsync("scheduler-0", holder, Now, TimeSpan.FromSeconds(3), CancellationToken.None);

    private static NewJob Job(JobId id) =>
        new()
        {
            Id = id,
            TenantId = 1,
            ApiKeyId = 0,
            Operation = Operation.ChatCompletions,
            Model = "m",
            Body = "{}"u8.ToArray(),
            CreatedAt = Now,
        };
}
