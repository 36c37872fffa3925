using InferenceBroker.Hosting.Clocks;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Clocks;

public sealed class DatabaseAlignedTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _local = new(Start);
    private readonly DatabaseAlignedTimeProvider _clock;

    public DatabaseAlignedTimeProviderTests() => _clock = new DatabaseAlignedTimeProvider(_local);

    [Fact]
    public void GetUtcNow_BeforeTheFirstAlignment_IsTheLocalClock() => _clock.GetUtcNow().ShouldBe(Start);

    [Fact]
    public async Task GetUtcNow_AfterAnAlignment_RunsOnFromTheDatabasesTime()
    {
        await AlignAsync(Start.AddHours(2));
        _local.Advance(TimeSpan.FromSeconds(5));

        _clock.GetUtcNow().ShouldBe(Start.AddHours(2).AddSeconds(5));
    }

    [Fact]
    public async Task AlignAsync_SlowAnswer_TakesTheMiddleOfTheRoundTrip()
    {
        var offset = await _clock.AlignAsync(
            _ =>
            {
                _local.Advance(TimeSpan.FromSeconds(4));
                return Task.FromResult(Start.AddHours(1));
            },
            CancellationToken.None
        );

        _clock.GetUtcNow().ShouldBe(Start.AddHours(1).AddSeconds(2));
        offset.ShouldBe(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task GetUtcNow_AlignmentToAnEarlierTime_StandsStillUntilItIsCaughtUp()
    {
        await AlignAsync(Start.AddMinutes(10));
        _clock.GetUtcNow().ShouldBe(Start.AddMinutes(10));
        await AlignAsync(Start.AddMinutes(9));

        _clock.GetUtcNow().ShouldBe(Start.AddMinutes(10));
        _local.Advance(TimeSpan.FromSeconds(59));
        _clock.GetUtcNow().ShouldBe(Start.AddMinutes(10));
        _local.Advance(TimeSpan.FromSeconds(2));
        _clock.GetUtcNow().ShouldBe(Start.AddMinutes(10).AddSeconds(1));
    }

    [Fact]
    public async Task Timers_run_on_the_local_clock()
    {
        await AlignAsync(Start.AddHours(2));
        var fired = 0;
        await using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        _local.Advance(TimeSpan.FromSeconds(2));
        fired.ShouldBe(0);
        _local.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(1);
    }

    private Task<TimeSpan> AlignAsync(DateTimeOffset databaseTime) =>
        _clock.AlignAsync(_ => Task.FromResult(databaseTime), CancellationToken.None);
}
