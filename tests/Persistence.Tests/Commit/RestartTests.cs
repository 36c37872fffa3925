using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Startup;
using InferenceBroker.Testing.Postgres;
using InferenceBroker.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Commit;

/// <summary>A PostgreSQL that is killed under load loses nothing that was accepted, and no caller hears of it. Needs Debian's binaries.</summary>
public sealed class RestartTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Writer_ServerKilledAndStartedAgain_EveryJobCompletesOnce()
    {
        if (LocalPostgres.FindBinaries() is null)
        {
            return;
        }

        await using var postgres = await LocalPostgres.StartNewAsync();
        var options = new PersistenceOptions { PostgresConnectionString = await postgres.CreateDatabaseAsync() };
        await using var provider = new ServiceCollection().AddBrokerPersistence(options).BuildServiceProvider();
        await provider.GetRequiredService<IDatabaseInitializer>().InitializeAsync(None);
        var path = await WholePath.CreateAsync(provider);

        var running = Enumerable.Range(0, 8).Select(_ => Task.Run(() => path.RunAsync(jobs: 60))).ToArray();
        await path.HalfDone.WaitAsync(TimeSpan.FromSeconds(30));
        await postgres.RestartAsync(kill: true);
        await Task.WhenAll(running).WaitAsync(TimeSpan.FromSeconds(60));

        var found = await provider.GetRequiredService<IJobStore>().FindManyAsync([.. path.Ids], None);
        found.Count.ShouldBe(480);
        found.ShouldAllBe(details => details.Job.State == JobState.Completed && details.Attempts.Count == 1);
        found.ShouldAllBe(details => details.Job.CostNanoUsd == 1);
    }

    private sealed class WholePath(IJobWriter writer, IJobStore store, LeaderTerm term)
    {
        private readonly TaskCompletionSource _halfDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Guid _worker = Guid.CreateVersion7();
        private int _done;

        public Task HalfDone => _halfDone.Task;

        public System.Collections.Concurrent.ConcurrentBag<JobId> Ids { get; } = [];

        public static async Task<WholePath> CreateAsync(IServiceProvider provider)
        {
            var now = TimeProvider.System.GetUtcNow();
            var leases = provider.GetRequiredService<ILeaseStore>();
            var term = await leases.TryAcquireAsync("s", "test", now, TimeSpan.FromHours(1), None);
            return new WholePath(
                provider.GetRequiredService<IJobWriter>(),
                provider.GetRequiredService<IJobStore>(),
                term.ShouldNotBeNull()
            );
        }

        public async Task RunAsync(int jobs)
        {
            for (var i = 0; i < jobs; i++)
            {
                await RunOneAsync();
                if (Interlocked.Increment(ref _done) == 200)
                {
                    _halfDone.SetResult();
                }
            }
        }

        private async Task RunOneAsync()
        {
            var now = TimeProvider.System.GetUtcNow();
            var id = JobId.Create(TimeProvider.System);
            Ids.Add(id);
            var job = new NewJob
            {
                Id = id,
                TenantId = 1,
                ApiKeyId = 1,
                Operation = Operation.ChatCompletions,
                Model = "m",
                Body = "{}"u8.ToArray(),
                CreatedAt = now,
            };
            await writer.InsertAsync(job, None);
            await ClaimAsync(id, now);
            var started = (await writer.StartAsync(new(id, 1, _worker, now, now.AddMinutes(5)), None)).ShouldNotBeNull();
            (await writer.AppendAsync(new(id, 1, started.Attempt, 3, ["{}"]), None)).ShouldBeTrue();
            var end = new AttemptEnd
            {
                Id = id,
                Fence = 1,
                Attempt = started.Attempt,
                WorkerId = _worker,
                Endpoint = "p/k/m",
                UpstreamModel = "m",
                Outcome = AttemptOutcome.Succeeded,
                StartedAt = started.StartedAt,
                EndedAt = now,
                StartedSequence = 2,
                LastSequence = 3,
                CostNanoUsd = 1,
                Next = JobState.Completed,
                StatusCode = 200,
                ResponseBody = "{}"u8.ToArray(),
            };
            (await writer.FinishAsync(end, None)).ShouldBe(FinishOutcome.Applied);
        }

        /// <summary>The scheduler's part. Its calls are not repeated by the store, so the test does it.</summary>
        private Task ClaimAsync(JobId id, DateTimeOffset now)
        {
            var last = "";
            return Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        await store.ClaimAsync(term, [new Claim(id, 0, "p/k/m")], now, None);
                        return true;
                    }
                    catch (Npgsql.NpgsqlException exception)
                    {
                        last = exception.Message;
                        return false;
                    }
                },
                TimeSpan.FromSeconds(30),
                () => $"{id} could not be claimed: {last}"
            );
        }
    }
}
