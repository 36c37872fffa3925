using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

/// <summary>Makes candidates in a few words.</summary>
internal static class Candidates
{
    public const int Limit = 100;

    /// <summary>One target with one key each, all alike.</summary>
    public static Candidate[] Alike(int count) => [.. Enumerable.Range(0, count).Select(i => Of(i))];

    public static Candidate Of(
        int order,
        int weight = 1,
        decimal price = 0,
        int inFlight = 0,
        int limit = Limit,
        IEndpointMeasures? measures = null
    )
    {
        var target = new TargetState(new Target($"p{order}", "m", weight, new TokenPrice(price, price)), order);
        return Key(target, "k", 1, inFlight, limit, measures);
    }

    public static Candidate Key(
        TargetState target,
        string name,
        int weight = 1,
        int inFlight = 0,
        int limit = Limit,
        IEndpointMeasures? measures = null
    )
    {
        var provider = new ProviderCredit(target.Target.Provider, limit);
        var endpoint = new EndpointCredit(new EndpointId(provider.Name, name, "m"), provider, new KeyCredit());
        for (var i = 0; i < inFlight; i++)
        {
            endpoint.Reserve(tokens: 0);
        }

        return new Candidate(target, endpoint, weight, measures ?? UnknownMeasures.Instance);
    }

    public static PickContext Context(int seed = 1, JobEstimate? job = null, AdaptiveWeights? weights = null) =>
        Context(new Random(seed).NextDouble, job, weights);

    public static PickContext Context(Func<double> chance, JobEstimate? job = null, AdaptiveWeights? weights = null) =>
        new(job ?? new JobEstimate(1000, 200), DateTimeOffset.UnixEpoch, chance, weights ?? AdaptiveWeights.Standard);

    /// <summary>How often each candidate was picked.</summary>
    public static int[] Count(IRoutingPolicy policy, Candidate[] candidates, int picks, PickContext? context = null)
    {
        var given = context ?? Context();
        var counts = new int[candidates.Length];
        for (var i = 0; i < picks; i++)
        {
            counts[policy.Pick(given, candidates)]++;
        }

        return counts;
    }
}
