using System.Buffers;
using System.Text.Json;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Reads a request in one pass.</summary>
internal ref struct SimulatedRequestReader
{
    private readonly ArrayBufferWriter<byte> _text;
    private readonly List<byte[]> _inputs;
    private Utf8JsonReader _reader;
    private int _inputBytes;

    private SimulatedRequestReader(ReadOnlySpan<byte> json)
    {
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512 });
        _text = new ArrayBufferWriter<byte>(256);
        _inputs = [];
    }

    /// <exception cref="JsonException">No JSON object, or no model in it.</exception>
    public static SimulatedRequest Read(Operation operation, ReadOnlySpan<byte> json) => new SimulatedRequestReader(json).Read(operation);

    private SimulatedRequest Read(Operation operation)
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The body is no JSON object.");
        }

        string? model = null;
        int? maxTokens = null;
        int? dimensions = null;
        var (streams, usage, base64) = (false, false, false);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.ValueSpan;
            _reader.Read();
            switch (name)
            {
                case var _ when name.SequenceEqual("model"u8):
                    model = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
                    break;
                case var _ when name.SequenceEqual("stream"u8):
                    streams = _reader.TokenType == JsonTokenType.True;
                    break;
                case var _ when name.SequenceEqual("stream_options"u8):
                    usage = ReadStreamOptions();
                    break;
                case var _ when name.SequenceEqual("max_tokens"u8) || name.SequenceEqual("max_completion_tokens"u8):
                    maxTokens = ReadNumber() ?? maxTokens;
                    break;
                case var _ when name.SequenceEqual("dimensions"u8):
                    dimensions = ReadNumber();
                    break;
                case var _ when name.SequenceEqual("encoding_format"u8):
                    base64 = _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals("base64"u8);
                    break;
                case var _ when name.SequenceEqual("messages"u8):
                    ReadMessages();
                    break;
                case var _ when name.SequenceEqual("prompt"u8):
                    ReadTexts();
                    break;
                case var _ when name.SequenceEqual("input"u8):
                    ReadInputs();
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }

        _reader.Read(); // refuses anything that follows the object
        return new SimulatedRequest
        {
            Operation = operation,
            Model = model ?? throw new JsonException("The body names no model."),
            Streams = streams,
            IncludesUsage = usage,
            MaxTokens = maxTokens,
            Dimensions = dimensions,
            IsBase64 = base64,
            InputTokens = 1 + (_inputBytes / 4),
            PromptHash = SimulatedPrompt.Hash(_text.WrittenSpan),
            Prompt = _text.WrittenSpan.ToArray(),
            Inputs = _inputs,
        };
    }

    private int? ReadNumber()
    {
        var isNumber = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var number) && number > 0;
        var value = isNumber ? _reader.GetInt32() : (int?)null;
        _reader.Skip();
        return value;
    }

    private bool ReadStreamOptions()
    {
        var usage = false;
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return false;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = _reader.ValueTextEquals("include_usage"u8);
            _reader.Read();
            usage = isUsage ? _reader.TokenType == JsonTokenType.True : usage;
            _reader.Skip();
        }

        return usage;
    }

    private void ReadMessages()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("'messages' is no array.");
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _text.ResetWrittenCount();
            ReadMessage();
        }
    }

    private void ReadMessage()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = _reader.ValueTextEquals("content"u8);
            _reader.Read();
            if (isContent)
            {
                ReadTexts();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    /// <summary>A string, or an array of strings and of parts with a <c>text</c>.</summary>
    private void ReadTexts()
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            Append();
            return;
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                ReadPart();
            }
            else
            {
                ReadTexts();
            }
        }
    }

    private void ReadPart()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = _reader.ValueTextEquals("text"u8);
            _reader.Read();
            if (isText && _reader.TokenType == JsonTokenType.String)
            {
                Append();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadInputs()
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            AddInput();
            return;
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("'input' is neither a text nor an array.");
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.String)
            {
                AddInput();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void AddInput()
    {
        _text.ResetWrittenCount();
        Append();
        _inputs.Add(_text.WrittenSpan.ToArray());
    }

    private void Append()
    {
        var span = _text.GetSpan(_reader.ValueSpan.Length + 1);
        var count = _reader.CopyString(span);
        _text.Advance(count);
        _inputBytes += count;
    }
}
