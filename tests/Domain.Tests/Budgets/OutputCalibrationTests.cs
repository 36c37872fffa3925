using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class OutputCalibrationTests
{
    private readonly OutputCalibration _calibration = new();

    [Fact]
    public void An_unknown_model_reserves_4096_or_what_the_request_allows()
    {
        _calibration.Reserve(null).ShouldBe(4096);
        _calibration.Reserve(100).ShouldBe(100);
        _calibration.Mean.ShouldBeNull();
    }

    [Fact]
    public void A_known_model_reserves_its_95th_percentile_and_a_fifth_more()
    {
        for (var round = 0; round < 500; round++)
        {
            for (var i = 1; i <= 100; i++)
            {
                _calibration.Add(i * 10);
            }
        }

        _calibration.Reserve(null).ShouldBeInRange(1040, 1300);
        _calibration.Reserve(700).ShouldBe(700);
        _calibration.Mean!.Value.ShouldBe(505, 25);
        _calibration.Expect(100).ShouldBe(100);
    }

    [Fact]
    public void Short_answers_reserve_the_floor()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _calibration.Add(5);
        }

        _calibration.Reserve(null).ShouldBe(256);
    }

    [Fact]
    public void The_first_short_answers_do_not_settle_it()
    {
        for (var i = 0; i < 50; i++)
        {
            _calibration.Add(5);
        }

        _calibration.Reserve(null).ShouldBeGreaterThan(3000);
    }

    [Fact]
    public void It_follows_a_model_that_changes()
    {
        for (var i = 0; i < 20_000; i++)
        {
            _calibration.Add(i < 10_000 ? 300 : 3000);
        }

        _calibration.Mean!.Value.ShouldBeGreaterThan(2900);
    }
}
