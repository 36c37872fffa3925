using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;

namespace InferenceBroker.Domain.Tests.Routing;

public sealed class RoutingPolicyLookupTests
{
    [Fact]
    public void Every_named_policy_is_found() =>
        RoutingPolicies.All.ShouldAllBe(name => new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn).Find(name).Name == name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones() =>
        Should
            .Throw<ArgumentException>(() => new RoutingPolicyLookup([new WeightedPolicy()]).Find("wighted"))
            .Message.ShouldContain("'wighted' is no routing policy. Known: weighted.");

    [Fact]
    public void Two_policies_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => new RoutingPolicyLookup([new WeightedPolicy(), new WeightedPolicy()]));
}
