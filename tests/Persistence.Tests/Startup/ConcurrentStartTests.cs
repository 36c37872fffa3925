using InferenceBroker.Persistence.Startup;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Persistence.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Startup;

public abstract class ConcurrentStartTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    [Fact]
    public async Task InitializeAsync_FourProcessesAtOnce_MakeOneDatabase()
    {
        var options = await world.CreateOptionsAsync();
        var providers = Enumerable.Range(0, 4).Select(_ => world.BuildProvider(options, TimeProvider.System)).ToArray();
        try
        {
            await Task.WhenAll(
                providers.Select(provider =>
                    Task.Run(() => provider.GetRequiredService<IDatabaseInitializer>().InitializeAsync(CancellationToken.None))
                )
            );
            var tenants = await providers[0].GetRequiredService<ITenantStore>().ListTenantsAsync(CancellationToken.None);
            tenants.ShouldHaveSingleItem().Name.ShouldBe("default");
        }
        finally
        {
            foreach (var provider in providers)
            {
                await provider.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task InitializeAsync_Again_KeepsWhatIsThere()
    {
        var job = await world.QueuedAsync();
        await world.Services.GetRequiredService<IDatabaseInitializer>().InitializeAsync(CancellationToken.None);
        (await world.StoredAsync(job)).Id.ShouldBe(job.Id);
    }
}

public sealed class ConcurrentStartOnPostgres(PostgresFixture world) : ConcurrentStartTests<PostgresFixture>(world);

public sealed class ConcurrentStartOnSqlite(SqliteFixture world) : ConcurrentStartTests<SqliteFixture>(world);
