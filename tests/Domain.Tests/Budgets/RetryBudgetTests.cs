using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class RetryBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(100, 30)]
    [InlineData(1000, 100)]
    public void Retries_are_a_tenth_of_first_attempts_or_three_a_second(int firsts, int retries)
    {
        var budget = new RetryBudget();
        for (var i = 0; i < firsts; i++)
        {
            budget.Note(isRetry: false, Now);
        }

        var allowed = 0;
        while (budget.AllowsRetry(Now.AddSeconds(1)))
        {
            budget.Note(isRetry: true, Now.AddSeconds(1));
            allowed++;
        }

        allowed.ShouldBe(retries);
        budget.AllowsRetry(Now.AddSeconds(11)).ShouldBeTrue();
    }
}
