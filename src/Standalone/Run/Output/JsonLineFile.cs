using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InferenceBroker.Standalone.Run.Output;

/// <summary>
/// Appends JSON lines to a file. What was flushed survives the death of the process; a line that death tore is the last one and has no line
/// end. Not thread safe.
/// </summary>
internal sealed class JsonLineFile : IDisposable
{
    // The file is JSON, never HTML: readable text instead of \u escapes, as the providers send it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly FileStream _file;

    private JsonLineFile(FileStream file)
    {
        _file = file;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    public static JsonLineFile Create(string path) => new(Open(path, FileMode.Create));

    public static JsonLineFile Append(string path) => new(Open(path, FileMode.Append));

    public void Write(Action<Utf8JsonWriter> write)
    {
        var before = _buffer.WrittenCount;
        write(_json);
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (before > 1024 * 1024)
        {
            Flush();
        }
    }

    /// <summary>Hands what was written to the operating system, as whole lines in one write.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        _file.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        Flush();
        _json.Dispose();
        _file.Dispose();
    }

    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
}
