using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Fairness;

public sealed class UrgencyTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Lane.Interactive, 0)]
    [InlineData(Lane.Standard, 30)]
    [InlineData(Lane.Batch, 600)]
    [InlineData(Lane.Idle, 7200)]
    public void A_job_is_due_after_the_slack_of_its_lane(Lane lane, int seconds) =>
        Urgency.Due(Created, lane, deadline: null, estimatedOutputTokens: 100).ShouldBe(Created.AddSeconds(seconds));

    [Fact]
    public void Old_work_of_a_lower_lane_overtakes_new_work_of_a_higher_one() =>
        Urgency.Due(Created, Lane.Batch, null, 0).ShouldBeLessThan(Urgency.Due(Created.AddMinutes(11), Lane.Interactive, null, 0));

    [Fact]
    public void A_near_deadline_makes_a_job_due_while_there_is_time_to_answer() =>
        Urgency.Due(Created, Lane.Idle, Created.AddSeconds(60), estimatedOutputTokens: 500).ShouldBe(Created.AddSeconds(50));

    [Fact]
    public void A_far_deadline_changes_nothing() =>
        Urgency.Due(Created, Lane.Standard, Created.AddDays(1), 500).ShouldBe(Created.AddSeconds(30));

    [Fact]
    public void Priorities_are_in_order_and_their_middles_are_the_lanes()
    {
        for (var priority = 1; priority <= 9; priority++)
        {
            Urgency.Slack(priority).ShouldBeLessThan(Urgency.Slack(priority - 1));
        }

        (Urgency.Slack(5), Urgency.Slack(2), Urgency.Slack(0)).ShouldBe(
            (Urgency.Slack(Lane.Standard), Urgency.Slack(Lane.Batch), Urgency.Slack(Lane.Idle))
        );
        (Urgency.LaneOf(9), Urgency.LaneOf(4), Urgency.LaneOf(1), Urgency.LaneOf(0)).ShouldBe(
            (Lane.Interactive, Lane.Standard, Lane.Batch, Lane.Idle)
        );
    }

    [Fact]
    public void The_least_slack_to_the_deadline_goes_first()
    {
        var now = Created.AddSeconds(3);
        var (near, far) = (Created.AddMinutes(3), Created.AddMinutes(4));
        var (quick, slow) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(90));

        Urgency.SlackTo(far, slow, now).ShouldBeLessThan(Urgency.SlackTo(near, quick, now));

        Urgency
            .Due(Created, Urgency.Slack(Lane.Batch), far, slow)
            .ShouldBeLessThan(Urgency.Due(Created, Urgency.Slack(Lane.Batch), near, quick));
    }
}
