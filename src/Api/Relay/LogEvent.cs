using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>One event of a job's log.</summary>
internal sealed record LogEvent(int Sequence, string Type, JobId JobId)
{
    /// <summary>Of a chunk: the number of its attempt.</summary>
    public int AttemptNumber { get; init; }

    /// <summary>Of a chunk: the provider's chunk as JSON text.</summary>
    public string? Chunk { get; init; }

    /// <summary>Of an attempt's start and end.</summary>
    public StoredAttempt? Attempt { get; init; }

    /// <summary>Of <c>job.queued</c>.</summary>
    public StoredJob? Queued { get; init; }

    /// <summary>Of the terminal event.</summary>
    public JobDetails? Ended { get; init; }

    public static LogEvent OfChunk(JobId id, int sequence, int attempt, string chunk) =>
        new(sequence, LogEventTypes.Chunk, id) { AttemptNumber = attempt, Chunk = chunk };
}
