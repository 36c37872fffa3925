using System.Runtime.InteropServices;

namespace InferenceBroker.Api.Auth;

/// <summary>A SHA-256 hash as a dictionary key.</summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    public static KeyHash Of(ReadOnlySpan<byte> hash)
    {
        var parts = MemoryMarshal.Cast<byte, ulong>(hash);
        return new KeyHash(parts[0], parts[1], parts[2], parts[3]);
    }
}
