using System.Buffers;
using System.Text.Json;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// One member of an object that arrives in pieces. Rules:
/// 1. texts (<c>content</c>, <c>arguments</c> …) are joined, escaped as they came, so that even a surrogate pair that was cut in two is whole again;
/// 2. <c>choices</c> and <c>tool_calls</c> are merged by their <c>index</c>;
/// 3. other arrays are joined, objects merged, and of anything else the last that is not null or empty stays.
/// </summary>
internal sealed class MergedValue(byte[] name)
{
    private readonly ArrayBufferWriter<byte> _raw = new(32);
    private MergedValueKind _kind;
    private MergedObject? _object;
    private List<(int Index, MergedObject Item)>? _items;

    public byte[] Name { get; set; } = name;

    public MergedObject? Object => _object;

    public List<(int Index, MergedObject Item)>? Items => _items;

    /// <summary>Takes the value at which the reader stands, and leaves the reader at its end.</summary>
    public void Merge(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when MergedNames.IsJoined(Name):
                SetKind(MergedValueKind.Text);
                _raw.Write(reader.ValueSpan);
                return;
            case JsonTokenType.StartArray when MergedNames.IsIndexed(Name):
                MergeItems(ref reader, json);
                return;
            case JsonTokenType.StartArray:
                JoinArray(ref reader, json);
                return;
            case JsonTokenType.StartObject:
                SetKind(MergedValueKind.Object);
                (_object ??= new MergedObject()).Merge(ref reader, json);
                return;
            default:
                Replace(ref reader, json);
                return;
        }
    }

    public void WriteTo(ArrayBufferWriter<byte> output)
    {
        switch (_kind)
        {
            case MergedValueKind.Text:
                output.Write("\""u8);
                output.Write(_raw.WrittenSpan);
                output.Write("\""u8);
                break;
            case MergedValueKind.Array:
                output.Write("["u8);
                output.Write(_raw.WrittenSpan);
                output.Write("]"u8);
                break;
            case MergedValueKind.Object:
                _object!.WriteTo(output);
                break;
            case MergedValueKind.Items:
                WriteItems(output);
                break;
            default:
                output.Write(_raw.WrittenCount == 0 ? "null"u8 : _raw.WrittenSpan);
                break;
        }
    }

    private void Replace(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var isEmpty = reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);
        if (_kind == MergedValueKind.Scalar && (!isEmpty || _raw.WrittenCount == 0))
        {
            _raw.ResetWrittenCount();
            _raw.Write(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
        }
    }

    private void JoinArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.BytesConsumed;
        reader.Skip();
        var inner = json[start..((int)reader.BytesConsumed - 1)].Trim(" \t\r\n"u8);
        SetKind(MergedValueKind.Array);
        if (inner.IsEmpty)
        {
            return;
        }

        if (_raw.WrittenCount > 0)
        {
            _raw.Write(","u8);
        }

        _raw.Write(inner);
    }

    private void MergeItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        SetKind(MergedValueKind.Items);
        _items ??= [];
        var position = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var index = ItemIndex.Peek(reader) ?? position;
            Item(index).Merge(ref reader, json);
            position++;
        }
    }

    private MergedObject Item(int index)
    {
        foreach (var entry in _items!)
        {
            if (entry.Index == index)
            {
                return entry.Item;
            }
        }

        var item = new MergedObject();
        _items.Add((index, item));
        return item;
    }

    private void WriteItems(ArrayBufferWriter<byte> output)
    {
        _items!.Sort((left, right) => left.Index.CompareTo(right.Index));
        output.Write("["u8);
        for (var i = 0; i < _items.Count; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            _items[i].Item.WriteTo(output);
        }

        output.Write("]"u8);
    }

    /// <summary>A text that goes on as an array of parts (Mistral's reasoning models) becomes the first part.</summary>
    private void SetKind(MergedValueKind kind)
    {
        if (_kind == kind)
        {
            return;
        }

        if (_kind == MergedValueKind.Text && kind == MergedValueKind.Array && _raw.WrittenCount > 0)
        {
            byte[] part = [.. """{"type":"text","text":"""u8, (byte)'"', .. _raw.WrittenSpan, .. "\"}"u8];
            _raw.ResetWrittenCount();
            _raw.Write(part);
        }
        else
        {
            _raw.ResetWrittenCount();
        }

        _kind = kind;
    }
}
