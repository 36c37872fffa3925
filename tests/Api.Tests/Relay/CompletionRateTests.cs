using InferenceBroker.Api.Relay;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Relay;

public sealed class CompletionRateTests
{
    [Fact]
    public void SecondsFor_FollowsTheLastMinute()
    {
        var time = new FakeTimeProvider();
        var rate = new CompletionRate(time);
        rate.SecondsFor(10).ShouldBeNull();

        for (var second = 0; second < 90; second++)
        {
            rate.Add(2);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        rate.SecondsFor(10)!.Value.ShouldBeInRange(5, 6);
        time.Advance(TimeSpan.FromMinutes(2));
        rate.SecondsFor(10).ShouldBeNull();
    }
}
