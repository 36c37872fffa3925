using System.Net;
using System.Text;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>Keeps what was sent, word for word, and answers as the test says.</summary>
internal sealed class FakeTransport(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler,
        IProviderTransport
{
    public FakeTransport(int status, string body, string contentType = "application/json")
        : this((_, _) => Task.FromResult(Answer(status, body, contentType))) { }

    public List<string> Bodies { get; } = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    public HttpMessageInvoker For(ProviderCall call) => new(this, disposeHandler: false);

    public static HttpResponseMessage Answer(int status, string body, string contentType = "application/json") =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };

    /// <summary>A response whose body is read from a stream.</summary>
    public static HttpResponseMessage Stream(Stream body)
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = new("text/event-stream");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        return await answer(request, cancellationToken);
    }
}
