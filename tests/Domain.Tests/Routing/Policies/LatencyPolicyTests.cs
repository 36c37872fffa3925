using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class LatencyPolicyTests
{
    private readonly LatencyPolicy _policy = new();

    [Fact]
    public void The_faster_one_of_two_gets_all_but_half_of_the_exploration()
    {
        var counts = Count(_policy, [Of(0, measures: Speed(1, 0.01)), Of(1, measures: Speed(2, 0.02))], 10_000);

        counts[1].ShouldBeInRange(400, 600);
    }

    [Fact]
    public void The_slowest_of_many_is_only_explored()
    {
        var counts = Count(_policy, [.. Enumerable.Range(1, 5).Select(i => Of(i, measures: Speed(i, 0.01)))], 10_000);

        counts[4].ShouldBeInRange(120, 280);
        counts.ShouldBe(counts.OrderDescending());
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(2000, 0)]
    public void A_long_answer_goes_where_tokens_come_fast_a_short_one_where_they_start_soon(int outputTokens, int expected)
    {
        Candidate[] candidates = [Of(0, measures: Speed(2, 0.005)), Of(1, measures: Speed(0.2, 0.05))];
        var counts = Count(_policy, candidates, 100, Context(job: new JobEstimate(100, outputTokens)));

        counts[expected].ShouldBeGreaterThan(85);
    }

    [Fact]
    public void A_burst_does_not_all_go_to_the_fastest_one()
    {
        Candidate[] candidates = [Of(0, measures: Speed(1, 0.01)), Of(1, measures: Speed(1.5, 0.015))];
        var context = Context();
        for (var i = 0; i < 100; i++)
        {
            candidates[_policy.Pick(context, candidates)].Endpoint.Reserve(tokens: 0);
        }

        candidates[1].InFlight.ShouldBeInRange(30, 50);
    }

    [Fact]
    public void Score_ShowsTheTermsOfEveryCandidate()
    {
        Candidate[] candidates = [Of(0, inFlight: 50, measures: Speed(1, 0.01)), Of(1)];

        _policy.Score(Context(job: new JobEstimate(1, 100)), candidates);

        candidates[0].Terms.ShouldBe(new ScoreTerms(Errors: 0, Latency: 2, Utilisation: 0.5, Cost: 0, Score: 6));
        candidates[1].Terms.Latency.ShouldBe(2.5);
    }

    private static FakeMeasures Speed(double first, double perToken) =>
        new() { TimeToFirstToken = first, SecondsPerOutputToken = perToken };
}
