using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Fairness;

public sealed class LaneReserveTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly LaneReserve _reserve = LaneReserve.OfConcurrency();
    private readonly LaneDemand _demand = new();
    private int _free = 100;

    [Theory]
    [InlineData(Lane.Interactive)]
    [InlineData(Lane.Standard)]
    [InlineData(Lane.Batch)]
    [InlineData(Lane.Idle)]
    public void A_lane_alone_gets_everything(Lane lane)
    {
        _demand.Note(lane, Now);

        Fill(lane).ShouldBe(100);
    }

    [Fact]
    public void A_tenth_is_free_for_interactive_work_where_there_is_any()
    {
        _demand.Note(Lane.Interactive, Now);

        Fill(Lane.Standard).ShouldBe(90);
        Fill(Lane.Interactive).ShouldBe(10);
    }

    [Fact]
    public void Interactive_work_that_has_not_been_seen_for_a_minute_is_not_waited_for()
    {
        _demand.Note(Lane.Interactive, Now.AddSeconds(-61));

        Fill(Lane.Standard).ShouldBe(100);
    }

    [Fact]
    public void A_twentieth_is_kept_for_waiting_lower_lanes_even_from_interactive_work()
    {
        _demand.Note(Lane.Interactive, Now);
        _demand.Note(Lane.Batch, Now);

        Fill(Lane.Interactive).ShouldBe(95);
        Fill(Lane.Batch).ShouldBe(5);
    }

    [Fact]
    public void What_the_lower_lanes_have_counts_as_their_share()
    {
        _demand.Note(Lane.Idle, Now);
        for (var i = 0; i < 5; i++)
        {
            Take(Lane.Idle);
        }

        Fill(Lane.Standard).ShouldBe(95);
    }

    [Fact]
    public void A_returned_call_gives_the_share_back()
    {
        _demand.Note(Lane.Batch, Now);
        Take(Lane.Batch);
        _reserve.NoteReturned(Lane.Batch, 1);
        _free++;

        Fill(Lane.Standard).ShouldBe(95);
    }

    [Fact]
    public void Of_a_rate_what_was_taken_fades_within_minutes()
    {
        var reserve = LaneReserve.OfRate();
        _demand.Note(Lane.Batch, Now);
        reserve.NoteTaken(Lane.Batch, 50, Now);
        reserve.Allows(Lane.Standard, 10, free: 20, limit: 1000, _demand, Now).ShouldBeTrue();

        var later = Now.AddMinutes(3);
        _demand.Note(Lane.Batch, later);

        reserve.Allows(Lane.Standard, 10, free: 20, limit: 1000, _demand, later).ShouldBeFalse();
        reserve.Allows(Lane.Batch, 10, free: 20, limit: 1000, _demand, later).ShouldBeTrue();
    }

    [Fact]
    public void A_job_as_large_as_the_limit_is_not_kept_out_for_ever()
    {
        var reserve = LaneReserve.OfRate();
        _demand.Note(Lane.Interactive, Now);

        reserve.Allows(Lane.Standard, 1000, free: 1000, limit: 1000, _demand, Now).ShouldBeTrue();
        reserve.Allows(Lane.Batch, 2000, free: 1000, limit: 1000, _demand, Now).ShouldBeTrue();
    }

    private int Fill(Lane lane)
    {
        var taken = 0;
        while (_free > 0 && _reserve.Allows(lane, 1, _free, 100, _demand, Now))
        {
            Take(lane);
            taken++;
        }

        return taken;
    }

    private void Take(Lane lane)
    {
        _reserve.NoteTaken(lane, 1, Now);
        _free--;
    }
}
