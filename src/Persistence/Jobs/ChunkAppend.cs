using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>Consecutive chunks of a running attempt. Stored only while the job is running with this fence.</summary>
/// <param name="Chunks">The provider's chunks as JSON texts without line breaks, numbered from <paramref name="FirstSequence"/> on.</param>
public sealed record ChunkAppend(JobId Id, long Fence, int Attempt, int FirstSequence, IReadOnlyList<string> Chunks);
