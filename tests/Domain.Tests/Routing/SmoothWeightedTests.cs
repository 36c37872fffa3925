using CsCheck;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

public sealed class SmoothWeightedTests
{
    [Fact]
    public void Picks_are_spread_out()
    {
        Share[] shares = [new("a", 5), new("b", 1), new("c", 1)];

        string.Concat(Enumerable.Range(0, 7).Select(_ => PickOf(shares))).ShouldBe("aabacaa");
    }

    [Fact]
    public void Sixty_thirty_ten_holds_exactly_over_a_thousand_picks()
    {
        Share[] shares = [new("a", 60), new("b", 30), new("c", 10)];

        Count(shares, 1000).ShouldBe([600, 300, 100]);
    }

    [Fact]
    public void The_share_of_one_that_is_out_is_spread_in_proportion_and_nothing_is_made_up_for_afterwards()
    {
        Share[] shares = [new("a", 60), new("b", 30), new("c", 10)];
        Count(shares, 1000);

        Count([shares[0], shares[1]], 900).ShouldBe([600, 300]);

        Count(shares, 100).ShouldBe([60, 30, 10]);
    }

    [Fact]
    public void Any_weights_hold_within_one_pick()
    {
        Gen.Int[1, 100]
            .Array[1, 8]
            .Sample(weights =>
            {
                Share[] shares = [.. weights.Select((w, i) => new Share($"{i}", w))];
                var counts = Count(shares, 1000);
                for (var i = 0; i < weights.Length; i++)
                {
                    Math.Abs(counts[i] - (1000.0 * weights[i] / weights.Sum())).ShouldBeLessThanOrEqualTo(weights.Length);
                }
            });
    }

    private static int[] Count(Share[] shares, int picks)
    {
        var counts = new int[shares.Length];
        for (var i = 0; i < picks; i++)
        {
            counts[SmoothWeighted.Pick<Share>(shares)]++;
        }

        return counts;
    }

    private static string PickOf(Share[] shares) => shares[SmoothWeighted.Pick<Share>(shares)].Name;

    private sealed class Share(string name, int weight) : IWeighted
    {
        public string Name { get; } = name;

        public double Weight { get; } = weight;

        public double Balance { get; set; }
    }
}
