using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

public sealed class AdaptivePolicyTests
{
    private static readonly AdaptiveWeights OnlyCost = new(Errors: 0, Latency: 0, Utilisation: 0, Cost: 1);

    private readonly AdaptivePolicy _policy = new();

    [Fact]
    public void Score_ShowsTheWeightedMeanOfTermsFromZeroToOne()
    {
        var bad = new FakeMeasures
        {
            ErrorShareLastMinute = 1,
            ErrorShareLastFiveMinutes = 0.5,
            ErrorShareLastHour = 0.25,
            TimeToFirstToken = 4,
        };
        Candidate[] candidates =
        [
            Of(0, price: 1, measures: new FakeMeasures { TimeToFirstToken = 1 }),
            Of(1, price: 4, inFlight: 50, measures: bad),
        ];

        _policy.Score(Context(job: new JobEstimate(1000, 0)), candidates);

        candidates[0].Terms.ShouldBe(default);
        var terms = candidates[1].Terms;
        terms.Errors.ShouldBe(0.7, 1e-9);
        terms.Latency.ShouldBe(0.75, 1e-9);
        terms.Utilisation.ShouldBe(0.5, 1e-9);
        terms.Cost.ShouldBe(0.75, 1e-9);
        terms.Score.ShouldBe((0.5 * 0.7) + (0.2 * 0.75) + (0.2 * 0.5) + (0.1 * 0.75), 1e-9);
    }

    [Fact]
    public void Pick_LeavesTheVeryTermsThatScoreShows()
    {
        Candidate[] candidates =
        [
            Of(0, price: 1, inFlight: 3),
            Of(1, price: 4, measures: new FakeMeasures { ErrorShareLastMinute = 0.2 }),
            Of(2),
        ];
        _policy.Score(Context(), candidates);
        ScoreTerms[] shown = [.. candidates.Select(c => c.Terms)];

        _policy.Pick(Context(), candidates);

        candidates.Select(c => c.Terms).ShouldBe(shown);
    }

    [Fact]
    public void Those_close_to_the_best_share_the_work_and_the_others_are_only_explored()
    {
        // Excess of the cost: 0, 1 - 1/1.04 = 0.04, 1 - 1/1.2 = 0.17.
        Candidate[] candidates = [Of(0, price: 1), Of(1, price: 1.04m), Of(2, price: 1.2m)];

        var counts = Count(_policy, candidates, 10_000, Context(weights: OnlyCost));

        counts[0].ShouldBeInRange(4800, 5200);
        counts[1].ShouldBeInRange(4800, 5200);
        counts[2].ShouldBeInRange(30, 110);
    }

    [Fact]
    public void Weights_decide_what_counts()
    {
        Candidate[] candidates = [Of(0, price: 1, inFlight: 90), Of(1, price: 2)];

        _policy.Pick(Context(() => 0.5, weights: OnlyCost), candidates).ShouldBe(0);
        _policy.Pick(Context(() => 0.5, weights: new AdaptiveWeights(0, 0, 5, 1)), candidates).ShouldBe(1);
    }

    [Fact]
    public void Errors_of_the_last_minute_move_the_work_away()
    {
        var measures = new FakeMeasures();
        Candidate[] candidates = [Of(0, measures: measures), Of(1)];
        Count(_policy, candidates, 1000)[0].ShouldBeInRange(440, 560);

        measures.ErrorShareLastMinute = 0.5;

        Count(_policy, candidates, 1000)[0].ShouldBeLessThan(30);
    }
}
