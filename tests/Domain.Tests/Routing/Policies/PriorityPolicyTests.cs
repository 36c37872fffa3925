using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class PriorityPolicyTests
{
    private readonly PriorityPolicy _policy = new();

    [Fact]
    public void The_first_target_takes_all_until_it_is_out()
    {
        Candidate[] candidates = [Of(0, inFlight: 99), Of(1, weight: 100), Of(2)];

        Count(_policy, candidates, 100).ShouldBe([100, 0, 0]);
        Count(_policy, candidates[1..], 100).ShouldBe([100, 0]);
    }

    [Fact]
    public void The_keys_of_the_first_target_share_the_work()
    {
        var first = new TargetState(new Target("p", "m", 1, default(TokenPrice)), 0);

        Count(_policy, [Key(first, "a"), Key(first, "b"), Of(1)], 100).ShouldBe([50, 50, 0]);
    }
}
