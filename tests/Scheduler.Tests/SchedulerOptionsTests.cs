namespace InferenceBroker.Scheduler.Tests;

public sealed class SchedulerOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        new SchedulerOptionsValidator().Validate(null, new SchedulerOptions()).Succeeded.ShouldBeTrue();
        new LeaseOptionsValidator().Validate(null, new SchedulerOptions()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void A_lease_that_one_lost_renewal_would_end_is_refused_with_both_values() =>
        new LeaseOptionsValidator()
            .Validate(null, new SchedulerOptions { RenewInterval = TimeSpan.FromSeconds(2) })
            .FailureMessage.ShouldBe(
                "Broker:Scheduler:RenewInterval: 00:00:02 must be at most half of LeaseDuration, 00:00:03, so that one lost renewal does not end the term."
            );

    [Fact]
    public void A_number_out_of_range_is_refused() =>
        new SchedulerOptionsValidator().Validate(null, new SchedulerOptions { RoundSize = 0 }).Failed.ShouldBeTrue();
}
