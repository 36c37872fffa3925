using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Domain.Tests.Failures;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(5, 8)]
    [InlineData(1000, 8)]
    public void Doubles_up_to_eight_seconds(int failures, double seconds) =>
        Backoff.Pause(failures, random: 1).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 2)]
    [InlineData(1, 8)]
    public void Jitter_spreads_over_the_whole_pause(double random, double seconds) =>
        Backoff.Pause(failures: 9, random).ShouldBe(TimeSpan.FromSeconds(seconds));
}
