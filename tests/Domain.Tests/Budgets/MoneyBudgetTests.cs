using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class MoneyBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 30, 23, 0, 0, TimeSpan.Zero);

    private readonly MoneyBudget _budget = new(Now) { PerDay = 100, PerMonth = 150 };

    [Fact]
    public void Reservations_hold_the_money_that_is_not_spent_yet()
    {
        _budget.Reserve(80);

        _budget.Has(21, Now).ShouldBeFalse();
        _budget.Has(20, Now).ShouldBeTrue();
    }

    [Fact]
    public void Settling_counts_what_it_cost()
    {
        _budget.Reserve(80);

        _budget.Settle(reserved: 80, spent: 30, Now);

        _budget.Today(Now).ShouldBe(30);
        _budget.Has(70, Now).ShouldBeTrue();
    }

    [Fact]
    public void A_new_day_begins_at_midnight_UTC_and_the_month_goes_on()
    {
        _budget.Settle(0, 100, Now);
        _budget.Refusal(1, Now).ShouldBe((BudgetLimit.MoneyPerDay, new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)));
        var tomorrow = Now.AddHours(1);

        _budget.Has(50, tomorrow).ShouldBeTrue();

        _budget.Refusal(51, tomorrow).ShouldBe((BudgetLimit.MoneyPerMonth, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)));
        _budget.Has(100, Now.AddHours(25)).ShouldBeTrue();
    }

    [Fact]
    public void A_new_leader_knows_what_was_spent()
    {
        _budget.Restore(today: 90, thisMonth: 120, Now);

        _budget.Has(10, Now).ShouldBeTrue();
        _budget.Has(11, Now).ShouldBeFalse();
    }
}
