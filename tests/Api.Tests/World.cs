using InferenceBroker.Api.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Api.Tests;

/// <summary>What the processes of one broker share: clock, database and bus.</summary>
internal sealed class World
{
    public World() => Worker = new FakeWorker(Store, Bus, Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public FakeJobStore Store { get; } = new();

    public FakePlacementStore Placement { get; } = new();

    public FakeTenantStore Tenants { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public FakeBus Bus { get; } = new();

    public FakeLeader Leader { get; } = new();

    public FakeWorker Worker { get; }
}
