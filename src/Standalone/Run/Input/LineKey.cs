using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>
/// Recognises a line. <see cref="Name"/> stands for its <c>custom_id</c>, <see cref="Content"/> (62 bits) for all of it: custom_id, url and
/// body. Hashes keep the index of a file with a million lines at some 60 MB.
/// </summary>
internal readonly record struct LineKey(UInt128 Name, ulong Content)
{
    public const ulong ContentMask = (1UL << 62) - 1;

    public static LineKey Of(InputLine line)
    {
        var name = NameOf(line.CustomId);
        return new LineKey(name, ContentOf(name, line.Operation, line.Body.Span));
    }

    public static UInt128 NameOf(string customId)
    {
        Span<byte> text = stackalloc byte[2048];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Encoding.UTF8.TryGetBytes(customId, text, out var length))
        {
            SHA256.HashData(text[..length], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(customId), hash);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static ulong ContentOf(UInt128 name, Operation operation, ReadOnlySpan<byte> body)
    {
        Span<byte> parts = stackalloc byte[16 + 2 + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(parts, name);
        BinaryPrimitives.WriteInt16BigEndian(parts[16..], (short)operation);
        SHA256.HashData(body, parts[18..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(parts, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) & ContentMask;
    }
}
