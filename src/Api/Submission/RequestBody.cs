using System.Buffers;
using InferenceBroker.Api.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace InferenceBroker.Api.Submission;

/// <summary>Reads a request's body whole, within a limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// A body somewhat over the limit is read to its end and thrown away before it is refused: most clients see a reset connection instead of
    /// the 413 when the server closes while they are still sending.
    /// </summary>
    private const int DrainFactor = 4;

    public static async ValueTask<(byte[] Body, ApiError? Error)> ReadAsync(HttpContext context, int maxBytes)
    {
        var limit = (long)maxBytes * DrainFactor;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }

        var length = context.Request.ContentLength;
        if (length > limit)
        {
            return ([], ApiError.BodyTooLarge(maxBytes));
        }

        return length is { } known && known <= maxBytes
            ? (await ReadKnownAsync(context, (int)known), null)
            : await ReadUnknownAsync(context, maxBytes);
    }

    private static async ValueTask<byte[]> ReadKnownAsync(HttpContext context, int length)
    {
        var body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        return body;
    }

    private static async ValueTask<(byte[] Body, ApiError? Error)> ReadUnknownAsync(HttpContext context, int maxBytes)
    {
        var reader = context.Request.BodyReader;
        var body = new ArrayBufferWriter<byte>();
        long total = 0;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            total += read.Buffer.Length;
            if (total <= maxBytes)
            {
                foreach (var segment in read.Buffer)
                {
                    body.Write(segment.Span);
                }
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return total <= maxBytes ? (body.WrittenSpan.ToArray(), null) : ([], ApiError.BodyTooLarge(maxBytes));
            }
        }
    }
}
