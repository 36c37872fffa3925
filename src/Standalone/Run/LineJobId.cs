using System.Buffers.Binary;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// The id of a line's job: a version 7 UUID whose random part is the line's content hash (62 bits) and the retry round (12 bits). So a job,
/// and an output line by its <c>request_id</c>, says which line it answers, also when the line was edited since and when the idempotency
/// keys of the database (kept for a day) are gone.
/// </summary>
internal static class LineJobId
{
    public const ushort MaxRound = (1 << 12) - 1;

    public static JobId Create(TimeProvider time, ulong content, ushort round)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | Math.Min(round, MaxRound)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | (content & LineKey.ContentMask));
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    public static (ulong Content, ushort Round) Parse(JobId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var round = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & MaxRound);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & LineKey.ContentMask, round);
    }

    public static LineKey KeyOf(StoredJob job) => new(LineKey.NameOf(job.CustomId ?? ""), Parse(job.Id).Content);
}
