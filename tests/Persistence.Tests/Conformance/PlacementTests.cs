using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

/// <summary>What placement keeps besides the jobs.</summary>
public abstract class PlacementTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private DateOnly Today => DateOnly.FromDateTime(world.Now.UtcDateTime);

    [Fact]
    public async Task InsertAsync_PlacementOfAJob_ComesBackWithTheQueuedAndTheStartedJob()
    {
        var job = await world.QueuedAsync(job =>
            job with
            {
                Route = "cheap",
                Needs = 5,
                Affinity = -7,
                BatchId = "batch-1",
                Priority = 8,
                MaxCostNanoUsd = 12,
            }
        );
        var queued = (await world.Store.ReadQueuedByIdAsync([job.Id], None)).ShouldHaveSingleItem();
        (queued.Route, queued.Needs, queued.Affinity, queued.Priority, queued.MaxCostNanoUsd).ShouldBe(("cheap", 5, -7, (short)8, 12));
        (queued.ApiKeyId, queued.BatchHash).ShouldBe((job.ApiKeyId, StableHash.Of("batch-1")));

        await world.Store.ClaimAsync(world.Term, [new Claim(job.Id, 0, Endpoint)], world.Now, None);
        var inFlight = (await world.Store.ReadInFlightAsync(None)).Single(found => found.Id == job.Id);
        (inFlight.ApiKeyId, inFlight.Lane, inFlight.BatchHash, inFlight.StartedAt).ShouldBe((job.ApiKeyId, job.Lane, job.BatchHash, null));
        var started = await world.StartAsync(job.Id, 1);
        (started.Route, started.Needs, started.Affinity, started.Priority, started.MaxCostNanoUsd).ShouldBe(("cheap", 5, -7, (short)8, 12));
        (started.ApiKeyId, started.BatchHash).ShouldBe((job.ApiKeyId, job.BatchHash));
    }

    [Fact]
    public async Task FinishAsync_WithACost_AddsToTheSpendOfItsDayOnce()
    {
        var tenant = world.NextTenant();
        var ends = new List<AttemptEnd>();
        for (var i = 0; i < 3; i++)
        {
            var (_, started) = await world.RunningAsync(job => job with { TenantId = tenant });
            ends.Add(world.Ended(started));
        }

        ends[2] = ends[2] with { EndedAt = world.Now.AddDays(1) };
        await world.Store.FinishAsync(ends, None);
        await world.Store.FinishAsync(ends, None);
        var spend = (await world.Placement.ReadSpendAsync(Today, None)).Where(record => record.TenantId == tenant);
        spend.Select(record => (record.Day, record.CostNanoUsd)).ShouldBe([(Today, 10_000L), (Today.AddDays(1), 5_000L)]);
        (await world.Placement.ReadSpendAsync(Today.AddDays(1), None)).Count(record => record.TenantId == tenant).ShouldBe(1);
    }

    [Fact]
    public async Task FinishAsync_LateReportOfASweptAttempt_AddsItsCostToTheSpend()
    {
        var tenant = world.NextTenant();
        var (_, started) = await world.RunningAsync(job => job with { TenantId = tenant });
        var now = world.Now.AddMinutes(20);
        await world.Store.RecoverAsync(world.Term, now, now, maxAttempts: 4, limit: 100, None);
        (await world.Store.FinishAsync([world.Ended(started)], None)).ShouldBe([FinishOutcome.Superseded]);
        var spend = (await world.Placement.ReadSpendAsync(Today, None)).Where(record => record.TenantId == tenant);
        spend.ShouldHaveSingleItem().CostNanoUsd.ShouldBe(5_000);
    }

    [Fact]
    public async Task ReadRecentUseAsync_EndedAttempts_AreCountedBySecondOfTheirStart()
    {
        var tenant = world.NextTenant();
        for (var i = 0; i < 2; i++)
        {
            var (_, started) = await world.RunningAsync(job => job with { TenantId = tenant });
            await world.Store.FinishAsync([world.Ended(started)], None);
        }

        var (_, unknown) = await world.RunningAsync(job =>
            job with
            {
                TenantId = tenant,
                EstimatedInputTokens = 3,
                EstimatedOutputTokens = 4,
            }
        );
        await world.Store.FinishAsync([world.Ended(unknown) with { Usage = null }], None);

        var (_, unlimited) = await world.RunningAsync(job => job with { TenantId = tenant, EstimatedOutputTokens = -1 });
        await world.Store.FinishAsync([world.Ended(unlimited) with { Usage = null }], None);

        var use = (await world.Placement.ReadRecentUseAsync(world.Now, None)).Where(record => record.TenantId == tenant);
        var second = use.ShouldHaveSingleItem();
        var begin = DateTimeOffset.FromUnixTimeSeconds(world.Now.ToUnixTimeSeconds());
        (second.Endpoint, second.Second, second.Calls).ShouldBe((Endpoint, begin, 4));
        (second.InputTokens, second.OutputTokens).ShouldBe((23, 44));
        (await world.Placement.ReadRecentUseAsync(world.Now.AddSeconds(2), None)).ShouldNotContain(record => record.TenantId == tenant);
    }

    [Fact]
    public async Task RefuseCostlyAsync_QueuedWithItsFence_FailsAndSaysWhy()
    {
        var costly = await world.QueuedAsync();
        var moved = await world.DispatchedAsync();
        var refused = await world.Store.RefuseCostlyAsync(world.Term, [(costly.Id, 0), (moved.Id, 0)], world.Now, None);
        refused.ShouldHaveSingleItem().Id.ShouldBe(costly.Id);
        var stored = await world.StoredAsync(costly);
        (stored.State, stored.Error?.Code, stored.Error?.Param, stored.EndedAt).ShouldBe(
            (Domain.Jobs.JobState.Failed, "max_cost_exceeded", "max_cost", world.Now)
        );
        (await world.StoredAsync(moved)).State.ShouldBe(Domain.Jobs.JobState.Dispatched);
    }

    [Fact]
    public async Task SaveHealthAsync_Again_ReplacesAndAnOldLeaderIsRefused()
    {
        var endpoint = $"p/k/{Guid.CreateVersion7():N}";
        await world.Placement.SaveHealthAsync(world.Term, [new(endpoint, "{}", world.Now)], None);
        var second = new EndpointHealthRecord(endpoint, "{\"k\":1}", world.Now.AddSeconds(1));
        await world.Placement.SaveHealthAsync(world.Term, [second], None);
        var old = world.Term with { Term = world.Term.Term - 1 };
        await Should.ThrowAsync<TermOverException>(() => world.Placement.SaveHealthAsync(old, [second with { Snapshot = "late" }], None));
        (await world.Placement.ReadHealthAsync(None)).Single(record => record.Endpoint == endpoint).ShouldBe(second);
    }

    [Fact]
    public async Task SetControlAsync_Again_Replaces()
    {
        var target = $"p/{Guid.CreateVersion7():N}";
        await world.Placement.SetControlAsync(new(target, "paused", "maintenance", world.Now), None);
        var last = new ControlRecord(target, "active", null, world.Now.AddSeconds(1));
        await world.Placement.SetControlAsync(last, None);
        (await world.Placement.ReadControlsAsync(None)).Single(record => record.Target == target).ShouldBe(last);
    }

    [Fact]
    public async Task SetLimitsAsync_OfTenantAndKey_AreReadTogether()
    {
        var tenant = (await world.Tenants.CreateTenantAsync($"limits-{Guid.CreateVersion7():N}", 1, world.Now, None)).ShouldNotBeNull();
        (await world.Placement.SetLimitsAsync(new(tenant.Id, null, "{\"requests_per_minute\":5}"), None)).ShouldBeTrue();
        (await world.Placement.SetLimitsAsync(new(tenant.Id, 987_654, "{}"), None)).ShouldBeFalse();
        (await world.Placement.SetLimitsAsync(new(987_654, null, "{}"), None)).ShouldBeFalse();
        (await world.Placement.ReadLimitsAsync(None))
            .Where(limits => limits.TenantId == tenant.Id)
            .ShouldHaveSingleItem()
            .ShouldBe(new LimitsRecord(tenant.Id, null, "{\"requests_per_minute\":5}"));
        await world.Placement.SetLimitsAsync(new(tenant.Id, null, null), None);
        (await world.Placement.ReadLimitsAsync(None)).ShouldNotContain(limits => limits.TenantId == tenant.Id);
    }
}

public sealed class PlacementOnPostgres(PostgresFixture world) : PlacementTests<PostgresFixture>(world);

public sealed class PlacementOnSqlite(SqliteFixture world) : PlacementTests<SqliteFixture>(world);
