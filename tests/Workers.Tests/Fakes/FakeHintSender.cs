using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeHintSender : IHintSender
{
    public Signals<AttemptEnded> Attempts { get; } = new();

    public Signals<ChunkFrame> Frames { get; } = new();

    public Signals<Guid> Changed { get; } = new();

    public Signals<Guid> Ended { get; } = new();

    public void AttemptEnded(AttemptEnded attempt) => Attempts.Add(attempt);

    public void ChunksStored(ChunkFrame frame) => Frames.Add(frame);

    public void JobChanged(Guid jobId) => Changed.Add(jobId);

    public void JobEnded(Guid jobId) => Ended.Add(jobId);

    public void JobSubmitted(SubmittedJob job) => throw new NotSupportedException();

    public void CancelRequested(Guid jobId) => throw new NotSupportedException();
}
