using System.IO.Pipelines;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Reads a pipe as a connection is read: one that was cut ends with an error, after all that came before.</summary>
internal sealed class PipeWireStream(PipeReader reader, PipeWire wire) : Stream
{
    private readonly Stream _inner = reader.AsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken);
        return read > 0 || buffer.IsEmpty || !wire.IsCut
            ? read
            : throw new HttpIOException(HttpRequestError.ResponseEnded, "The simulated connection was cut.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        wire.Dispose();
        _inner.Dispose();
        base.Dispose(disposing);
    }
}
