using InferenceBroker.Contracts.Relay;
using InferenceBroker.Messaging.Hints;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.Hints;

public sealed class RelayHintTests
{
    [Fact]
    public void Coalesce_keeps_the_order_of_frames_and_names_each_job_once()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var frames = new[] { Frame(first, 2), Frame(second, 5), Frame(first, 3) };

        var message = RelayHint.Coalesce([
            new RelayHint(first),
            new RelayHint(first, frames[0]),
            new RelayHint(second, frames[1]),
            new RelayHint(second),
            new RelayHint(second),
            new RelayHint(first, frames[2]),
            new RelayHint(first, HasEnded: true),
        ]);

        message.Frames.ShouldBe(frames);
        message.Changed.ShouldBe([second]);
        message.Ended.ShouldBe([first]);
    }

    [Fact]
    public void Size_counts_the_characters_of_the_chunks()
    {
        new RelayHint(default, Frame(default, 1)).Size.ShouldBe(4);
        new RelayHint(Guid.CreateVersion7(), HasEnded: true).Size.ShouldBe(0);
    }

    private static ChunkFrame Frame(Guid job, int sequence) =>
        new()
        {
            JobId = job,
            FirstSequence = sequence,
            Chunks = ["{}", "{}"],
        };
}
