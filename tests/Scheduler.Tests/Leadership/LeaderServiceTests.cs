using InferenceBroker.Scheduler.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Scheduler.Tests.Leadership;

public sealed class LeaderServiceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RealLimit = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeLeaseStore _leases = new();

    [Fact]
    public async Task One_of_two_leads_and_goes_on_leading()
    {
        using var first = new Candidate(_leases, _time);
        using var second = new Candidate(_leases, _time);
        _ = first.TryAsync();

        for (var i = 0; i < 30; i++)
        {
            await AdvanceAsync(Second);
            (await second.TryAsync()).ShouldBeFalse();
        }

        first.Leads.ShouldBeTrue();
        _leases.Term.ShouldBe(1);
    }

    [Fact]
    public async Task A_standby_takes_over_within_five_seconds_after_the_leader_is_cut_off()
    {
        using var dead = new Candidate(_leases, _time);
        using var standby = new Candidate(_leases, _time);
        _ = dead.TryAsync();
        await AdvanceAsync(Second);
        dead.Leases.IsCut = true;

        var seconds = 0;
        while (!standby.Leads)
        {
            seconds++.ShouldBeLessThan(5);
            await AdvanceAsync(Second);
            _ = standby.TryAsync();
        }

        standby.Sessions.Terms.ShouldHaveSingleItem().Term.ShouldBe(2);
    }

    [Fact]
    public async Task A_leader_that_is_cut_off_stops_by_its_own_clock()
    {
        using var leader = new Candidate(_leases, _time);
        var leading = leader.TryAsync();
        leader.Leases.IsCut = true;

        await WaitAsync(() => !leader.Leads, step: TimeSpan.FromMilliseconds(250));
        await WaitAsync(() => leading.IsCompleted, step: TimeSpan.FromMilliseconds(250));

        (await leading).ShouldBeTrue();
    }

    [Fact]
    public async Task A_renewal_that_fails_once_does_not_end_the_term()
    {
        using var leader = new Candidate(_leases, _time);
        _ = leader.TryAsync();
        leader.Leases.IsBroken = true;
        await AdvanceAsync(Second);
        leader.Leases.IsBroken = false;

        for (var i = 0; i < 10; i++)
        {
            await AdvanceAsync(Second);
        }

        leader.Leads.ShouldBeTrue();
    }

    [Fact]
    public async Task A_leader_whose_term_is_over_stops_at_once()
    {
        using var paused = new Candidate(_leases, _time);
        using var standby = new Candidate(_leases, _time);
        var leading = paused.TryAsync();
        _ = _leases.Connect().ReleaseAsync(paused.Sessions.Terms[0], CancellationToken.None);
        _ = standby.TryAsync();

        await AdvanceAsync(Second);

        (await leading.WaitAsync(RealLimit)).ShouldBeTrue();
        paused.Leads.ShouldBeFalse();
        standby.Leads.ShouldBeTrue();
    }

    [Fact]
    public async Task A_leader_that_is_stopped_gives_the_lease_up()
    {
        using var leader = new Candidate(_leases, _time);
        using var standby = new Candidate(_leases, _time);
        var leading = leader.TryAsync();

        await leader.Stop.CancelAsync();
        await leading.WaitAsync(RealLimit);
        _ = standby.TryAsync();

        standby.Leads.ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_breaks_gives_the_lease_up()
    {
        using var leader = new Candidate(_leases, _time);
        using var standby = new Candidate(_leases, _time);
        var leading = leader.TryAsync();

        leader.Sessions.Fault.SetException(new InvalidOperationException("A bug."));
        await leading.WaitAsync(RealLimit);
        _ = standby.TryAsync();

        standby.Leads.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_partition_has_its_own_lease()
    {
        using var leader = new Candidate(_leases, _time, partition: 7);

        _ = leader.TryAsync();
        await Task.Yield();

        leader.Sessions.Terms.ShouldHaveSingleItem().Name.ShouldBe("scheduler-7");
    }

    // Timers complete tasks whose continuations may run elsewhere: let them.
    private async Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
        }
    }

    private async Task WaitAsync(Func<bool> condition, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(RealLimit);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await AdvanceAsync(step);
        }
    }
}
