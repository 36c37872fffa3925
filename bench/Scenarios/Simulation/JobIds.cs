using System.Buffers.Binary;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>Ids that sort by their number and are the same in every run.</summary>
internal static class JobIds
{
    public static Guid Of(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);

        // Any odd factor: so that hashes spread as those of real ids do.
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number * unchecked((long)0x9E3779B97F4A7C15));
        return new Guid(bytes, bigEndian: true);
    }
}
