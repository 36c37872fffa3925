namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>A text of the request is one of those named.</summary>
/// <param name="Name">Of the metadata or the header; empty for the others.</param>
/// <param name="Values">At least one.</param>
public sealed record TextCondition(RuleField Field, string Name, IReadOnlyList<TextPattern> Values) : RuleCondition
{
    public override bool Matches(in RequestFeatures request) => ValueOf(request) is { } value && MatchesAny(value);

    public override bool Covers(RuleCondition other) =>
        IsSameText(other, out var text) && text.Values.All(v => Values.Any(w => w.Covers(v)));

    public override bool Excludes(RuleCondition other) =>
        IsSameText(other, out var text) && !text.Values.Any(v => Values.Any(w => w.Meets(v)));

    private bool IsSameText(RuleCondition other, out TextCondition text)
    {
        text = other as TextCondition ?? this;
        return other is TextCondition && text.Field == Field && text.Name.Equals(Name, Comparison);
    }

    private StringComparison Comparison => Field == RuleField.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private bool MatchesAny(string value)
    {
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i].Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private string? ValueOf(in RequestFeatures request) =>
        Field switch
        {
            RuleField.Model => request.Model,
            RuleField.Tenant => request.Tenant,
            RuleField.Metadata => request.Metadata?.Invoke(Name),
            _ => request.Headers?.Invoke(Name),
        };
}
