namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// Money per calendar day and month (UTC), in billionths of a dollar: reserved by estimate, settled by cost. What is settled after midnight
/// counts for the new day. Not thread safe.
/// </summary>
public sealed class MoneyBudget(DateTimeOffset now)
{
    private DateTime _day = now.UtcDateTime.Date;
    private long _reserved;
    private long _today;
    private long _thisMonth;

    /// <summary>Null: no limit.</summary>
    public long? PerDay { get; set; }

    /// <summary>Null: no limit.</summary>
    public long? PerMonth { get; set; }

    /// <summary>Spent, and reserved for what is under way.</summary>
    public long Today(DateTimeOffset now)
    {
        Turn(now);
        return _today + _reserved;
    }

    /// <summary>Spent, and reserved for what is under way.</summary>
    public long ThisMonth(DateTimeOffset now)
    {
        Turn(now);
        return _thisMonth + _reserved;
    }

    public bool Has(long nanoUsd, DateTimeOffset now) =>
        (PerDay is not { } day || Today(now) + nanoUsd <= day) && (PerMonth is not { } month || ThisMonth(now) + nanoUsd <= month);

    /// <summary>The limit that has no room, and when a new day or month begins. Null: there is room.</summary>
    public (BudgetLimit Limit, DateTimeOffset Until)? Refusal(long nanoUsd, DateTimeOffset now)
    {
        if (PerMonth is { } month && ThisMonth(now) + nanoUsd > month)
        {
            return (BudgetLimit.MoneyPerMonth, new DateTimeOffset(_day.Year, _day.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1));
        }

        return Has(nanoUsd, now) ? null : (BudgetLimit.MoneyPerDay, new DateTimeOffset(_day.AddDays(1), TimeSpan.Zero));
    }

    public void Reserve(long nanoUsd) => _reserved += nanoUsd;

    public void Settle(long reserved, long spent, DateTimeOffset now)
    {
        Turn(now);
        _reserved -= reserved;
        _today += spent;
        _thisMonth += spent;
    }

    public void Return(long reserved) => _reserved -= reserved;

    /// <summary>For a new leader: what the ledger has for this day and month.</summary>
    public void Restore(long today, long thisMonth, DateTimeOffset now)
    {
        Turn(now);
        _today = today;
        _thisMonth = thisMonth;
    }

    private void Turn(DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date;
        if (day <= _day)
        {
            return;
        }

        _today = 0;
        _thisMonth = day.Month == _day.Month && day.Year == _day.Year ? _thisMonth : 0;
        _day = day;
    }
}
