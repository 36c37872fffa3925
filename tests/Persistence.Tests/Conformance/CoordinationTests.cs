using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Tenants;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

/// <summary>Leases, tenants and keys, and the clock.</summary>
public abstract class CoordinationTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Lease_Held_IsNotTakenUntilItRunsOut()
    {
        var now = world.Now;
        var first = (await AcquireAsync("a", "one", now)).ShouldNotBeNull();
        (await AcquireAsync("a", "two", now.AddSeconds(4))).ShouldBeNull();
        (await world.Leases.RenewAsync(first, now.AddSeconds(4), Duration, None)).ShouldBeTrue();
        (await AcquireAsync("a", "two", now.AddSeconds(8))).ShouldBeNull();
        var second = (await AcquireAsync("a", "two", now.AddSeconds(9))).ShouldNotBeNull();
        second.Term.ShouldBeGreaterThan(first.Term);
        (await world.Leases.RenewAsync(first, now.AddSeconds(9), Duration, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_Released_IsFreeAtOnceAndItsTermIsOver()
    {
        var first = (await AcquireAsync("b", "one", world.Now)).ShouldNotBeNull();
        await world.Leases.ReleaseAsync(first, None);
        (await world.Leases.RenewAsync(first, world.Now, Duration, None)).ShouldBeFalse();
        await Should.ThrowAsync<TermOverException>(() => world.Store.ClaimAsync(first, [], world.Now, None));
        var second = (await AcquireAsync("b", "two", world.Now)).ShouldNotBeNull();
        second.Term.ShouldBeGreaterThan(first.Term);
        await world.Leases.ReleaseAsync(first, None);
        (await world.Leases.RenewAsync(second, world.Now, Duration, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Lease_TenAtOnce_OneWins()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => AcquireAsync("c", $"holder-{i}", world.Now))));
        won.Count(term => term is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Tenants_DefaultExists_NewOnesGetNumbers()
    {
        (await world.Tenants.FindTenantAsync("default", None)).ShouldNotBeNull().Id.ShouldBe(1);
        var created = (await world.Tenants.CreateTenantAsync("acme", 3, world.Now, None)).ShouldNotBeNull();
        created.Id.ShouldBeGreaterThan(1);
        (await world.Tenants.CreateTenantAsync("acme", 3, world.Now, None)).ShouldBeNull();
        (await world.Tenants.FindTenantAsync("acme", None)).ShouldBe(created);
        (await world.Tenants.ListTenantsAsync(None)).ShouldContain(created);
    }

    [Fact]
    public async Task SetWeightAsync_ChangesTheWeightAndNothingElse()
    {
        var tenant = (await world.Tenants.CreateTenantAsync("heavier", 3, world.Now, None)).ShouldNotBeNull();

        (await world.Tenants.SetWeightAsync(tenant.Id, 7, None)).ShouldBeTrue();
        (await world.Tenants.SetWeightAsync(tenant.Id + 1000, 7, None)).ShouldBeFalse();

        (await world.Tenants.FindTenantAsync("heavier", None)).ShouldBe(tenant with { Weight = 7 });
    }

    [Fact]
    public async Task Keys_EnsuredTwice_StayTheFirst()
    {
        var key = new ApiKey(0, 1, "ci", [1, 0, 2], "sk-brk-…3f9a", IsAdmin: false, world.Now, world.Now.AddDays(1), DisabledAt: null);
        var stored = await world.Tenants.EnsureKeyAsync(key, None);
        stored.ShouldBe(key with { Id = stored.Id, Hash = stored.Hash });
        stored.Hash.ShouldBe(key.Hash);
        (await world.Tenants.EnsureKeyAsync(key with { Name = "again" }, None)).Name.ShouldBe("ci");
        (await world.Tenants.FindKeyAsync([9], None)).ShouldBeNull();
        (await world.Tenants.DisableKeyAsync(stored.Id, world.Now, None)).ShouldBeTrue();
        (await world.Tenants.FindKeyAsync(key.Hash, None)).ShouldNotBeNull().DisabledAt.ShouldBe(world.Now);
        (await world.Tenants.DisableKeyAsync(stored.Id + 100, world.Now, None)).ShouldBeFalse();
        (await world.Tenants.ListKeysAsync(None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task DatabaseTime_IsUtcAndNearThisMachines()
    {
        var now = await world.DatabaseTime.NowAsync(None);
        now.Offset.ShouldBe(TimeSpan.Zero);
        now.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    private Task<LeaderTerm?> AcquireAsync(string name, string holder, DateTimeOffset now) =>
        world.Leases.TryAcquireAsync(name, holder, now, Duration, None);
}

public sealed class CoordinationOnPostgres(PostgresFixture world) : CoordinationTests<PostgresFixture>(world);

public sealed class CoordinationOnSqlite(SqliteFixture world) : CoordinationTests<SqliteFixture>(world);
