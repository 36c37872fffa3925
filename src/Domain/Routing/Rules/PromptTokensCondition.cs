namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>The estimated length of the prompt lies between two numbers, both included.</summary>
public sealed record PromptTokensCondition(int Minimum, int Maximum) : RuleCondition
{
    public override bool Matches(in RequestFeatures request) => request.PromptTokens >= Minimum && request.PromptTokens <= Maximum;

    public override bool Covers(RuleCondition other) =>
        other is PromptTokensCondition range && range.Minimum >= Minimum && range.Maximum <= Maximum;

    public override bool Excludes(RuleCondition other) =>
        other is PromptTokensCondition range && (range.Minimum > Maximum || range.Maximum < Minimum);
}
