using System.Buffers.Binary;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>FNV-1a over 64 bits: the same in every process and version, unlike <see cref="string.GetHashCode()"/>.</summary>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Never 0, which stands for "none".</summary>
    public static long Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return NeverNone(hash);
    }

    /// <summary>Eight bytes at a time, and mixed after each step, since the product alone carries no bit downwards. Never 0.</summary>
    /// <param name="seed">What the bytes belong to: another seed gives another hash.</param>
    public static long Of(ReadOnlySpan<byte> bytes, long seed)
    {
        var hash = (Offset ^ (ulong)seed) + (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var last in bytes)
        {
            hash = Mix(hash ^ last);
        }

        return NeverNone(hash);
    }

    private static ulong Mix(ulong hash)
    {
        hash *= Prime;
        return hash ^ (hash >> 29);
    }

    private static long NeverNone(ulong hash) => hash == 0 ? 1 : (long)hash;
}
