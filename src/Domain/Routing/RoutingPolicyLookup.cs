using InferenceBroker.Domain.Routing.Policies;

namespace InferenceBroker.Domain.Routing;

/// <summary>The one place where a policy is found by its name.</summary>
public sealed class RoutingPolicyLookup
{
    private readonly Dictionary<string, IRoutingPolicy> _policies = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">Two policies have one name.</exception>
    public RoutingPolicyLookup(IEnumerable<IRoutingPolicy> policies)
    {
        foreach (var policy in policies)
        {
            if (!_policies.TryAdd(policy.Name, policy))
            {
                throw new ArgumentException($"Two routing policies are named '{policy.Name}'.", nameof(policies));
            }
        }
    }

    /// <summary>The policies that ship with the product: one for each name of <see cref="RoutingPolicies"/>.</summary>
    public static IReadOnlyList<IRoutingPolicy> BuiltIn { get; } =
    [
        new WeightedPolicy(),
        new RoundRobinPolicy(),
        new LeastBusyPolicy(),
        new LatencyPolicy(),
        new CostPolicy(),
        new PriorityPolicy(),
        new AdaptivePolicy(),
    ];

    /// <exception cref="ArgumentException">No policy has this name.</exception>
    public IRoutingPolicy Find(string name) =>
        _policies.TryGetValue(name, out var policy)
            ? policy
            : throw new ArgumentException($"'{name}' is no routing policy. Known: {string.Join(", ", _policies.Keys)}.", nameof(name));
}
