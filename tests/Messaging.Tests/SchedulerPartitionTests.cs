using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests;

public sealed class SchedulerPartitionTests
{
    [Theory]
    [InlineData("fast", 1, 0)]
    [InlineData("fast", 4, 3)]
    [InlineData("gpt-5", 4, 0)]
    public void Of_never_changes_its_answer(string model, int partitions, int expected) =>
        SchedulerPartition.Of(model, partitions).ShouldBe(expected);

    [Fact]
    public void Of_uses_every_partition() =>
        Enumerable.Range(0, 200).Select(number => SchedulerPartition.Of($"model-{number}", 8)).Distinct().Count().ShouldBe(8);
}
