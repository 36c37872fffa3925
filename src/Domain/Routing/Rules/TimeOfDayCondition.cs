namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>The time of day in UTC lies in a window that may pass midnight.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included; another time than <paramref name="From"/>.</param>
public sealed record TimeOfDayCondition(TimeOnly From, TimeOnly To) : RuleCondition
{
    public override bool Matches(in RequestFeatures request) => Holds(TimeOnly.FromTimeSpan(request.Now.UtcDateTime.TimeOfDay));

    public override bool Covers(RuleCondition other) =>
        other is TimeOfDayCondition window && Holds(window.From) && Length >= (window.From - From) + window.Length;

    public override bool Excludes(RuleCondition other) => other is TimeOfDayCondition window && !Holds(window.From) && !window.Holds(From);

    private TimeSpan Length => To - From;

    // TimeOnly's difference runs over midnight: it is never negative.
    private bool Holds(TimeOnly time) => time - From < Length;
}
