using System.Collections.Concurrent;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Keeps the hints that the scheduler sends.</summary>
internal sealed class FakeHintSender : IHintSender
{
    public ConcurrentQueue<Guid> Ended { get; } = [];

    public ConcurrentQueue<Guid> Changed { get; } = [];

    public void JobEnded(Guid jobId) => Ended.Enqueue(jobId);

    public void JobChanged(Guid jobId) => Changed.Enqueue(jobId);

    public void JobSubmitted(SubmittedJob job) => throw new NotSupportedException();

    public void AttemptEnded(AttemptEnded attempt) => throw new NotSupportedException();

    public void ChunksStored(ChunkFrame frame) => throw new NotSupportedException();

    public void CancelRequested(Guid jobId) => throw new NotSupportedException();
}
