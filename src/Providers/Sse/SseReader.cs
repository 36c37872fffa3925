using System.Buffers;
using System.Text;

namespace InferenceBroker.Providers.Sse;

/// <summary>
/// Reads server-sent events as the HTML standard defines them, with two liberties: an event that the end of the stream leaves without its blank line
/// is delivered (some providers end so), and ids and retry times are dropped. Not thread safe.
/// </summary>
internal sealed class SseReader(Stream stream) : IDisposable
{
    /// <summary>A longer line or event is refused, so that a broken provider cannot fill the memory.</summary>
    public const int LongestLine = 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly ArrayBufferWriter<byte> _data = new(512);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
    private int _start;
    private int _end;
    private bool _first = true;
    private bool _skipLineFeed;
    private bool _hasData;
    private bool _delivered;

    /// <summary>The data of the current event, its lines joined by line feeds. Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>The <c>event:</c> name of the current event; null where it has none.</summary>
    public string? EventName { get; private set; }

    /// <summary>The stream is over; no further event will come.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Takes the next event that has data from what has come already. False: more has to be read.</summary>
    public bool TryRead()
    {
        if (_delivered)
        {
            Clear();
        }

        while (TryTakeLine(out var line))
        {
            if (Take(line))
            {
                return _delivered = true;
            }
        }

        return false;
    }

    /// <summary>Reads the next event that has data; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A line or an event is longer than <see cref="LongestLine"/>.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (!TryRead())
        {
            if (IsAtEnd)
            {
                return _delivered = _hasData;
            }

            await FillAsync(cancellationToken);
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Clear()
    {
        _data.ResetWrittenCount();
        EventName = null;
        _hasData = false;
        _delivered = false;
    }

    private bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_skipLineFeed && _start < _end)
        {
            _skipLineFeed = false;
            _start += _buffer[_start] == (byte)'\n' ? 1 : 0;
        }

        var rest = _buffer.AsSpan(_start, _end - _start);
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            if (!IsAtEnd || rest.IsEmpty)
            {
                return false;
            }

            line = rest;
            _start = _end;
            return true;
        }

        _skipLineFeed = rest[length] == (byte)'\r';
        line = rest[..length];
        _start += length + 1;
        return true;
    }

    /// <summary>Takes one line; true where it ends an event that has data.</summary>
    private bool Take(ReadOnlySpan<byte> line)
    {
        if (_first)
        {
            _first = false;
            line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        }

        if (line.IsEmpty)
        {
            EventName = _hasData ? EventName : null;
            return _hasData;
        }

        var colon = line.IndexOf((byte)':');
        var field = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        value = value.StartsWith((byte)' ') ? value[1..] : value;
        if (field.SequenceEqual("data"u8))
        {
            Append(value);
        }
        else if (field.SequenceEqual("event"u8))
        {
            EventName = Encoding.UTF8.GetString(value);
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> value)
    {
        if (_data.WrittenCount + value.Length >= LongestLine)
        {
            throw new InvalidDataException($"An event is longer than {LongestLine} bytes.");
        }

        if (_hasData)
        {
            _data.Write("\n"u8);
        }

        _data.Write(value);
        _hasData = true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Grow();
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        IsAtEnd = read == 0;
    }

    private void Grow()
    {
        if (_buffer.Length >= LongestLine)
        {
            throw new InvalidDataException($"A line is longer than {LongestLine} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
