using InferenceBroker.Providers.Simulated;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

public sealed class SimulatedJobCallsTests
{
    [Fact]
    public void Count_BeyondTheLimit_ForgetsTheOldestJob()
    {
        var calls = new SimulatedJobCalls(limit: 2);

        foreach (var job in new[] { "a", "b", "a", "c", "c", "b" })
        {
            calls.Count(job);
        }

        calls.Counts.OrderBy(c => c.Key).ShouldBe([new("b", 2), new("c", 2)]);
    }
}
