namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>One thing that a rule asks of a request.</summary>
public abstract record RuleCondition
{
    public abstract bool Matches(in RequestFeatures request);

    /// <summary>True where every request that meets the other condition meets this one.</summary>
    public abstract bool Covers(RuleCondition other);

    /// <summary>True where no request meets both.</summary>
    public abstract bool Excludes(RuleCondition other);
}
