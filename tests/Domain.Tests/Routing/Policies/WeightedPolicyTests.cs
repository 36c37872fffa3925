using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class WeightedPolicyTests
{
    private readonly WeightedPolicy _policy = new();
    private readonly FakeMeasures _measures = new();

    [Fact]
    public void Sixty_thirty_ten_holds_within_one_percent_over_a_thousand_jobs()
    {
        var counts = Count(_policy, [Of(0, 60), Of(1, 30), Of(2, 10)], 1000);

        counts[0].ShouldBeInRange(594, 606);
        counts[1].ShouldBeInRange(297, 303);
        counts[2].ShouldBeInRange(99, 101);
    }

    [Fact]
    public void The_share_of_one_that_is_out_is_spread_in_proportion()
    {
        Candidate[] all = [Of(0, 60), Of(1, 30), Of(2, 10)];
        Count(_policy, all, 777);

        Count(_policy, [all[0], all[2]], 700).ShouldBe([600, 100]);
    }

    [Fact]
    public void Health_scales_the_weight()
    {
        _measures.Share = 0.25;

        // 60 × 0.25 = 15, so the shares are 15/30/10 of 55.
        Count(_policy, [Of(0, 60, measures: _measures), Of(1, 30), Of(2, 10)], 5500).ShouldBe([1500, 3000, 1000]);
    }

    [Fact]
    public void The_keys_of_a_target_share_what_it_gets()
    {
        var two = Target(0, 60);

        Count(_policy, [Key(two, "a", weight: 2), Key(two, "b", weight: 1), Of(1, 40)], 1000).ShouldBe([400, 200, 400]);
    }

    [Fact]
    public void A_healthy_key_takes_over_what_a_weak_one_of_its_target_leaves()
    {
        var two = Target(0, 60);
        _measures.Share = 0.25;

        Count(_policy, [Key(two, "a", measures: _measures), Key(two, "b"), Of(1, 40)], 1000).ShouldBe([120, 480, 400]);
    }

    private static TargetState Target(int order, int weight) => new(new Target("p", "m", weight, default(TokenPrice)), order);
}
