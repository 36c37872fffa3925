using InferenceBroker.Workers.Pools;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Pools;

public sealed class SlotsTests
{
    [Fact]
    public async Task No_more_than_the_limit_are_taken_and_the_first_to_wait_is_served_first()
    {
        var slots = new Slots(1);
        (await slots.TakeAsync(default)).ShouldBeTrue();
        var second = slots.TakeAsync(default).AsTask();
        var third = slots.TakeAsync(default).AsTask();
        second.IsCompleted.ShouldBeFalse();

        slots.Release();

        (await second.WaitAsync(Fakes.Bench.Patience)).ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_higher_limit_serves_those_who_wait()
    {
        var slots = new Slots(1);
        await slots.TakeAsync(default);
        var second = slots.TakeAsync(default).AsTask();

        slots.SetLimit(2);

        (await second.WaitAsync(Fakes.Bench.Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lower_limit_is_reached_as_slots_come_back()
    {
        var slots = new Slots(2);
        await slots.TakeAsync(default);
        await slots.TakeAsync(default);
        slots.SetLimit(1);
        var third = slots.TakeAsync(default).AsTask();

        slots.Release();
        third.IsCompleted.ShouldBeFalse();
        slots.Release();

        (await third.WaitAsync(Fakes.Bench.Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_gives_up_takes_no_slot()
    {
        var slots = new Slots(1);
        await slots.TakeAsync(default);
        using var giveUp = new CancellationTokenSource();
        var second = slots.TakeAsync(giveUp.Token).AsTask();
        var third = slots.TakeAsync(default).AsTask();

        await giveUp.CancelAsync();
        (await second.WaitAsync(Fakes.Bench.Patience)).ShouldBeFalse();
        slots.Release();

        (await third.WaitAsync(Fakes.Bench.Patience)).ShouldBeTrue();
    }
}
