using System.Globalization;

namespace InferenceBroker.Domain.Budgets;

/// <summary>The limit for which a job has to wait.</summary>
/// <param name="Name">Whose limit it is: the name of the key, tenant and so on.</param>
/// <param name="Until">About when there will be room. Null: unknown, or never.</param>
public readonly record struct BudgetRefusal(BudgetScope Scope, string Name, BudgetLimit Limit, DateTimeOffset? Until)
{
    /// <summary>What there is none of: <c>tokens/min at azure-eu</c>.</summary>
    public string What => Limit == BudgetLimit.Gate ? $"{Name}, which asked to be left alone" : $"{Thing} at {Name}";

    private string Thing =>
        Limit switch
        {
            BudgetLimit.Concurrency => "a free call",
            BudgetLimit.RequestsPerMinute => "requests/min",
            BudgetLimit.TokensPerMinute => "tokens/min",
            BudgetLimit.InputTokensPerMinute => "input tokens/min",
            BudgetLimit.OutputTokensPerMinute => "output tokens/min",
            BudgetLimit.MoneyPerDay => "the budget of the day",
            BudgetLimit.MoneyPerMonth => "the budget of the month",
            BudgetLimit.MaxCost => "a larger max_cost",
            _ => "the share of its lane",
        };

    /// <summary>For people: <c>waiting for tokens/min at azure-eu, about 14 s</c>.</summary>
    public string Reason(DateTimeOffset now)
    {
        var text = $"waiting for {What}";
        return Until is { } until && until > now ? $"{text}, about {About(until - now)}" : text;
    }

    private static string About(TimeSpan wait) =>
        wait switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} s"),
            { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalHours:0} h"),
        };
}
