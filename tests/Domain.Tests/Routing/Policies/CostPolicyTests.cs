using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class CostPolicyTests
{
    private readonly CostPolicy _policy = new();

    [Theory]
    [InlineData(10_000, 10, 1)]
    [InlineData(10, 10_000, 0)]
    public void The_price_of_this_jobs_tokens_decides(int input, int output, int expected)
    {
        Candidate[] candidates = [Priced(0, input: 5, output: 10), Priced(1, input: 1, output: 40)];

        _policy.Pick(Context(job: new JobEstimate(input, output)), candidates).ShouldBe(expected);
        candidates[expected].Terms.Cost.ShouldBe(new TokenPrice(5 - (4 * expected), 10 + (30 * expected)).NanoUsd(new(input, output)), 1);
    }

    [Fact]
    public void Equal_prices_go_to_the_least_busy_one() =>
        _policy.Pick(Context(), new[] { Of(0, price: 2, inFlight: 5), Of(1, price: 2), Of(2, price: 3) }).ShouldBe(1);

    private static Candidate Priced(int order, decimal input, decimal output) =>
        Key(new TargetState(new Target($"p{order}", "m", 1, new TokenPrice(input, output)), order), "k");
}
