using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;

namespace InferenceBroker.Messaging;

/// <summary>
/// Sends hints: takes each at once, without waiting and without failing, and sends whatever waits as one message. While the broker is away
/// hints are dropped; the database is the authority and the sweeps repair it. Call after the commit. Thread safe.
/// </summary>
public interface IHintSender
{
    void JobSubmitted(SubmittedJob job);

    void AttemptEnded(AttemptEnded attempt);

    /// <summary>Chunks are stored and can be relayed.</summary>
    void ChunksStored(ChunkFrame frame);

    /// <summary>The job's log grew by something else than a chunk.</summary>
    void JobChanged(Guid jobId);

    /// <summary>The job reached a terminal state.</summary>
    void JobEnded(Guid jobId);

    void CancelRequested(Guid jobId);
}
