using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace InferenceBroker.Providers.Simulated;

/// <summary>A caller in the same process as the wire: a response whose body is a pipe.</summary>
internal sealed class PipeWire : ISimulatedWire, IDisposable
{
    private readonly Pipe _pipe = new();
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _left = new();
    private bool _isAborted;

    /// <summary>Done when status and headers are there.</summary>
    public Task<HttpResponseMessage> Response => _response.Task;

    public PipeWriter Body => _pipe.Writer;

    /// <summary>Cancelled when the caller has gone: nobody will read the rest.</summary>
    public CancellationToken Left => _left.Token;

    /// <summary>The body ends before its time.</summary>
    public bool IsCut { get; private set; }

    public void Start(int status, string contentType, long? length, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var content = new StreamContent(new PipeWireStream(_pipe.Reader, this));
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        content.Headers.ContentLength = length;
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        _response.TrySetResult(response);
    }

    public void Abort()
    {
        _isAborted = true;
        var broken = new HttpIOException(HttpRequestError.ResponseEnded, "The simulated connection was reset.");
        _response.TrySetException(new HttpRequestException(HttpRequestError.ResponseEnded, broken.Message, broken));
        _pipe.Writer.Complete(broken);
    }

    /// <summary>The caller goes; for the second time it means nothing.</summary>
    public void Dispose()
    {
        if (!_left.IsCancellationRequested)
        {
            _left.Cancel();
            _left.Dispose();
        }
    }

    public void Cut() => IsCut = true;

    /// <summary>Ends the answer after the provider has played it.</summary>
    public void End(Exception? exception)
    {
        if (_isAborted)
        {
            return;
        }

        _pipe.Writer.Complete(exception);
        if (exception is not null)
        {
            _response.TrySetException(exception);
        }
    }
}
