using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>
/// Reads a file line by line in constant memory: at most one line is held. Takes LF and CRLF, drops a byte order mark, and skips blank lines
/// (they count in the numbering).
/// </summary>
internal sealed class LineReader(Stream file, int maxLineBytes = LineReader.DefaultMaxLineBytes)
{
    public const int DefaultMaxLineBytes = 32 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The bytes of a line are valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<RawLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 128 * 1024, leaveOpen: true));
        var number = 0;
        var skipping = false;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, out var line))
            {
                number++;
                if (skipping || line.Length > maxLineBytes)
                {
                    skipping = false;
                    yield return new RawLine(number, default, TooLong: true);
                    continue;
                }

                var bytes = Trim(line, number);
                if (!bytes.IsEmpty)
                {
                    yield return new RawLine(number, bytes, TooLong: false);
                }
            }

            // What is left is the start of a line. One that is already too long is dropped as it comes, so that it never fills the memory.
            if (skipping || buffer.Length > maxLineBytes)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                if (skipping)
                {
                    yield return new RawLine(number + 1, default, TooLong: true);
                }

                await pipe.CompleteAsync();
                yield break;
            }
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isCompleted, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isCompleted || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlySequence<byte> line, int number)
    {
        var bytes = line.IsSingleSegment ? line.First : line.ToArray();
        if (number == 1 && bytes.Span.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        return bytes.Trim(" \t\r"u8);
    }
}
