using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class LeastBusyPolicyTests
{
    private readonly LeastBusyPolicy _policy = new();

    [Fact]
    public void The_lowest_share_of_the_limit_wins_not_the_lowest_number() =>
        _policy.Pick(Context(), new[] { Of(0, inFlight: 3, limit: 4), Of(1, inFlight: 30, limit: 100) }).ShouldBe(1);

    [Fact]
    public void Idle_ones_take_turns() => Count(_policy, Alike(4), 400).ShouldBe([100, 100, 100, 100]);

    [Fact]
    public void The_keys_own_limit_counts_where_it_is_fuller()
    {
        var candidate = Of(0, inFlight: 3, limit: 100);
        candidate.Endpoint.Key.Window.Limit = 4;

        _policy.Pick(Context(), new[] { candidate, Of(1, inFlight: 50, limit: 100) }).ShouldBe(1);
        candidate.Terms.Utilisation.ShouldBe(0.75);
    }
}
