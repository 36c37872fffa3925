using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace InferenceBroker.Api.Relay;

/// <summary>Server-sent events on one response.</summary>
internal sealed class EventStream(HttpContext context)
{
    /// <summary>Beyond this much unsent text it waits for the reader.</summary>
    private const int MaxUnsent = 64 * 1024;

    private readonly PipeWriter _output = context.Response.BodyWriter;

    /// <summary>Sends the headers. Nothing else may be answered from here on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // A reader may pause as long as it likes; Kestrel would cut it off below its least rate.
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>An event of the job's log with its id and type, so that a browser resumes by itself.</summary>
    public ValueTask WriteAsync(LogEvent happened, CancellationToken cancellationToken)
    {
        Text("id: ");
        Text(happened.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text("\nevent: ");
        Text(happened.Type);
        Text("\ndata: ");
        LogEventJson.Write(_output, happened);
        Text("\n\n");
        return RelieveAsync(cancellationToken);
    }

    /// <summary>A bare data line, as OpenAI's streams have them.</summary>
    public ValueTask WriteDataAsync(string data, CancellationToken cancellationToken)
    {
        Text("data: ");
        Text(data);
        Text("\n\n");
        return RelieveAsync(cancellationToken);
    }

    public void WriteData(ReadOnlySpan<byte> data)
    {
        _output.Write("data: "u8);
        _output.Write(data);
        _output.Write("\n\n"u8);
    }

    public void WriteDone() => _output.Write("data: [DONE]\n\n"u8);

    /// <summary>A comment that keeps the connection alive.</summary>
    public void WritePing() => _output.Write(": ping\n\n"u8);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _output.FlushAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private ValueTask RelieveAsync(CancellationToken cancellationToken) =>
        _output.CanGetUnflushedBytes && _output.UnflushedBytes < MaxUnsent ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _output);
}
