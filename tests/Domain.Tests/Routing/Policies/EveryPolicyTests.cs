using CsCheck;
using InferenceBroker.Domain.Routing;
using static InferenceBroker.Domain.Tests.Routing.Candidates;

namespace InferenceBroker.Domain.Tests.Routing.Policies;

/// <summary>What every policy has to hold.</summary>
public sealed class EveryPolicyTests
{
    private static readonly RoutingPolicyLookup Lookup = new(RoutingPolicyLookup.BuiltIn);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found_by_its_name_in_any_case(string name) => Lookup.Find(name.ToUpperInvariant()).Name.ShouldBe(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_picks_one_that_it_was_given(string name)
    {
        var policy = Lookup.Find(name);
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 120], Gen.Double[0, 1], Gen.Int)
            .Sample(
                (count, inFlight, share, seed) =>
                {
                    Candidate[] candidates =
                    [
                        .. Enumerable
                            .Range(0, count)
                            .Select(i => Of(i, weight: i + 1, inFlight: inFlight, measures: new FakeMeasures { Share = share })),
                    ];
                    var context = Context(seed);
                    for (var i = 0; i < 50; i++)
                    {
                        policy.Pick(context, candidates).ShouldBeInRange(0, count - 1);
                    }
                },
                iter: 100
            );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_only_candidate_is_picked_however_it_is(string name)
    {
        foreach (var share in new[] { 0, 0.05, 1 })
        {
            foreach (var limit in new[] { 0, 1 })
            {
                var worst = new FakeMeasures
                {
                    Share = share,
                    ErrorShareLastMinute = 1,
                    TimeToFirstToken = 1e6,
                };
                Lookup.Find(name).Pick(Context(), new[] { Of(0, inFlight: 5, limit: limit, measures: worst) }).ShouldBe(0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_job_without_an_estimate_is_placed_too(string name) =>
        Count(Lookup.Find(name), Alike(3), 30, Context(job: default(JobEstimate))).Sum().ShouldBe(30);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_candidate_is_picked_once_the_others_are_out(string name)
    {
        Candidate[] candidates = [Of(0, weight: 9), Of(1, price: 5), Of(2, measures: new FakeMeasures { TimeToFirstToken = 60 })];
        Count(Lookup.Find(name), candidates, 500);

        for (var i = 0; i < candidates.Length; i++)
        {
            Count(Lookup.Find(name), [candidates[i]], 10).ShouldBe([10]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Among_equals_that_fill_up_none_is_skipped(string name)
    {
        var candidates = Alike(5);
        var policy = Lookup.Find(name);
        var context = Context();
        for (var i = 0; i < 200; i++)
        {
            Candidate[] free = [.. candidates.Where(c => c.InFlight < 40)];
            free[policy.Pick(context, free)].Endpoint.Reserve(tokens: 0);
        }

        candidates.ShouldAllBe(c => c.InFlight == 40);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_that_recovers_gets_a_part_of_what_it_gets_when_healthy(string name)
    {
        var measures = new FakeMeasures();
        Candidate[] candidates = [Of(0, measures: measures), Of(1), Of(2)];
        var healthy = Count(Lookup.Find(name), candidates, 10_000)[0];

        measures.Share = 0.05;
        var recovering = Count(Lookup.Find(name), candidates, 10_000)[0];

        recovering.ShouldBeGreaterThan(0);
        ((double)recovering).ShouldBeLessThan(healthy * 0.2);
        recovering.ShouldBeLessThan(600);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_that_gets_nothing_is_left_out_while_there_are_others(string name)
    {
        Candidate[] candidates = [Of(0, measures: new FakeMeasures { Share = 0 }), Of(1), Of(2)];

        Count(Lookup.Find(name), candidates, 1000)[0].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_picks(string name) => Picks(name, seed: 7).ShouldBe(Picks(name, seed: 7));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pick_among_twenty_allocates_nothing(string name)
    {
        var policy = Lookup.Find(name);
        var candidates = Alike(20);
        candidates[3] = Of(3, measures: new FakeMeasures { Share = 0.5 });
        var context = Context();
        for (var i = 0; i < 100; i++)
        {
            policy.Pick(context, candidates);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            policy.Pick(context, candidates);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    public static TheoryData<string> Names() => [.. RoutingPolicies.All];

    private static List<int> Picks(string name, int seed)
    {
        Candidate[] candidates = [Of(0, 3), Of(1, 2, inFlight: 3), Of(2, measures: new FakeMeasures { Share = 0.4 })];
        var context = Context(seed);
        return [.. Enumerable.Range(0, 200).Select(_ => Lookup.Find(name).Pick(context, candidates))];
    }
}
