using InferenceBroker.Contracts.Relay;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Workers.Execution;
using InferenceBroker.Workers.Resilience;

namespace InferenceBroker.Workers.Streaming;

/// <summary>Numbers the chunks of an attempt, stores them and has them relayed once they are committed. One call at a time.</summary>
internal sealed partial class ChunkStore(
    Attempt attempt,
    IJobWriter writer,
    StoreRetry retry,
    IHintSender hints,
    ILogger logger,
    CancellationToken aborted
)
{
    /// <summary>The sequence number of the last stored chunk, or of <c>attempt.started</c>.</summary>
    public int LastSequence { get; private set; } = attempt.Started.LastSequence;

    /// <summary>None where the chunks are stored; otherwise why the call should be stopped.</summary>
    public async Task<StopReason> StoreAsync(IReadOnlyList<string> chunks)
    {
        var started = attempt.Started;
        var append = new ChunkAppend(started.Id, started.Fence, started.Attempt, LastSequence + 1, chunks);
        try
        {
            if (!await AppendAsync(append))
            {
                return StopReason.Superseded;
            }
        }
        catch (Exception e)
        {
            LogNotStored(logger, e, started.Id.Value, started.Attempt);
            return StopReason.NotStored;
        }

        LastSequence += chunks.Count;
        hints.ChunksStored(
            new ChunkFrame
            {
                JobId = append.Id.Value,
                Attempt = append.Attempt,
                FirstSequence = append.FirstSequence,
                Chunks = chunks,
            }
        );
        return StopReason.None;
    }

    private Task<bool> AppendAsync(ChunkAppend append) =>
        retry.RunAsync(static (state, token) => state.writer.AppendAsync(state.append, token), (writer, append), attempt.Deadline, aborted);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId}, attempt {Attempt}: chunks of its stream could not be stored.")]
    private static partial void LogNotStored(ILogger logger, Exception exception, Guid jobId, int attempt);
}
