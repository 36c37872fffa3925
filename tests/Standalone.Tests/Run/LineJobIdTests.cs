using InferenceBroker.Domain.Jobs;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Input;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

public sealed class LineJobIdTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T12:00:00Z"));

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(LineKey.ContentMask, 4095)]
    [InlineData(0x1234_5678_9ABC_DEFUL, 3)]
    public void The_id_gives_back_content_and_round(ulong content, int round)
    {
        LineJobId.Parse(LineJobId.Create(_time, content, (ushort)round)).ShouldBe((content, (ushort)round));
    }

    [Fact]
    public void The_id_is_a_version_7_uuid_that_sorts_by_time()
    {
        var first = LineJobId.Create(_time, LineKey.ContentMask, 1);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var second = LineJobId.Create(_time, 0, 0);

        first.Value.Version.ShouldBe(7);
        first.Value.Variant.ShouldBeInRange(8, 11);
        first.Value.ToString()[..13].ShouldBe(Guid.CreateVersion7(DateTimeOffset.Parse("2026-03-01T12:00:00Z")).ToString()[..13]);
        (first < second).ShouldBeTrue();
        JobId.TryParse(first.ToString(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(first);
    }
}
