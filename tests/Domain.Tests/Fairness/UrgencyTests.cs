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
}
