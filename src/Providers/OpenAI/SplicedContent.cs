using System.Net;
using System.Net.Http.Headers;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Sends a spliced body with its length known beforehand.</summary>
internal sealed class SplicedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly SplicedBody _body;

    public SplicedContent(SplicedBody body)
    {
        _body = body;
        Headers.ContentType = Json;
    }

    /// <summary>The body, for a provider in the same process.</summary>
    public byte[] ToArray() => _body.ToArray();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.WriteToAsync(stream, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
