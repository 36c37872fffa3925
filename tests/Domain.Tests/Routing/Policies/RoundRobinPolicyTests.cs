using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class RoundRobinPolicyTests
{
    private readonly RoundRobinPolicy _policy = new();

    [Fact]
    public void Targets_come_in_turn_whatever_their_weights()
    {
        Candidate[] candidates = [Of(0, 60), Of(1, 30), Of(2, 10)];

        Enumerable.Range(0, 7).Select(_ => _policy.Pick(Context(), candidates)).ShouldBe([0, 1, 2, 0, 1, 2, 0]);
    }

    [Fact]
    public void A_target_with_many_keys_has_no_more_turns_than_others()
    {
        var two = new TargetState(new Target("p", "m", 1, default(TokenPrice)), 0);

        Count(_policy, [Key(two, "a"), Key(two, "b"), Of(1)], 400).ShouldBe([100, 100, 200]);
    }
}
