namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>The request brings tools, images or a JSON schema, or it does not.</summary>
public sealed record CapabilityCondition(Capabilities Capability, bool IsUsed) : RuleCondition
{
    public override bool Matches(in RequestFeatures request) => (request.Uses & Capability) != Capabilities.None == IsUsed;

    public override bool Covers(RuleCondition other) => this == other as CapabilityCondition;

    public override bool Excludes(RuleCondition other) =>
        other is CapabilityCondition same && same.Capability == Capability && same.IsUsed != IsUsed;
}
