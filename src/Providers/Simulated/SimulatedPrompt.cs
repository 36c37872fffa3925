using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// The mark by which a simulated answer shows whose it is: <c>[prompt 1a2b3c4d]</c>, the first four bytes of the SHA-256 of the prompt's UTF-8 text in hex.
/// The prompt is the text of the last message (of its text parts, one after the other), or the <c>prompt</c> of a legacy completion.
/// </summary>
public static class SimulatedPrompt
{
    public static string Mark(string prompt) => $"[prompt {Hash(Encoding.UTF8.GetBytes(prompt)):x8}]";

    internal static uint Hash(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, digest);
        return BinaryPrimitives.ReadUInt32BigEndian(digest);
    }
}
