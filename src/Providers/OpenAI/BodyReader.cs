using System.Buffers;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Reads a whole answer.</summary>
internal static class BodyReader
{
    /// <summary>Room for a full embeddings batch; a larger answer is a broken provider.</summary>
    public const int LongestAnswer = 128 * 1024 * 1024;

    public const int LongestError = 64 * 1024;

    /// <summary>Reads all of it, or the first <paramref name="limit"/> bytes where <paramref name="cut"/>.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="limit"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int limit, bool cut, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        if (content.Headers.ContentLength is { } length && length <= limit)
        {
            var exact = new byte[length];
            var read = await stream.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, cancellationToken);
            return read == exact.Length ? exact : exact[..read];
        }

        return await ReadGrowingAsync(stream, limit, cut, cancellationToken);
    }

    private static async Task<byte[]> ReadGrowingAsync(Stream stream, int limit, bool cut, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        var count = 0;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
                count += read;
                if (read == 0 || (cut && count >= limit))
                {
                    return buffer.AsSpan(0, Math.Min(count, limit)).ToArray();
                }

                if (count > limit)
                {
                    throw new InvalidDataException($"An answer is longer than {limit} bytes.");
                }

                buffer = count == buffer.Length ? Grow(buffer) : buffer;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
