namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>A text of a request that a rule can look at.</summary>
public enum RuleField
{
    Model = 0,
    Tenant = 1,
    Metadata = 2,
    Header = 3,
}
