using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace InferenceBroker.Providers.Simulated;

/// <summary>An HTTP response as the wire.</summary>
internal sealed class HttpWire(HttpContext context) : ISimulatedWire
{
    public PipeWriter Body => context.Response.BodyWriter;

    public void Start(int status, string contentType, long? length, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }
    }

    public void Abort() => context.Abort();

    /// <summary>
    /// Nothing to do: Kestrel sends what it has and closes the connection of an answer that is shorter than its <c>Content-Length</c>. An abort would throw
    /// away what is not sent yet, a different amount each time.
    /// </summary>
    public void Cut() { }
}
