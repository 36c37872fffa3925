using System.Buffers;
using System.Text.Json;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>An object that arrives in pieces. Members keep the order in which they came.</summary>
internal sealed class MergedObject
{
    private readonly List<MergedValue> _values = [];

    public MergedValue? Find(ReadOnlySpan<byte> name)
    {
        foreach (var value in _values)
        {
            if (name.SequenceEqual(value.Name))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Expects the reader at the object's start and leaves it at its end.</summary>
    public void Merge(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var value = Find(reader.ValueSpan) ?? Add(reader.ValueSpan);
            reader.Read();
            value.Merge(ref reader, json);
        }
    }

    public void WriteTo(ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var isFirst = true;
        foreach (var value in _values)
        {
            output.Write(isFirst ? "\""u8 : ",\""u8);
            output.Write(value.Name);
            output.Write("\":"u8);
            value.WriteTo(output);
            isFirst = false;
        }

        output.Write("}"u8);
    }

    /// <summary>Puts a literal in the place of a member, or adds it where it is missing.</summary>
    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> literal)
    {
        Remove(name);
        SetIfMissing(name, literal);
    }

    public void SetIfMissing(ReadOnlySpan<byte> name, ReadOnlySpan<byte> literal)
    {
        if (Find(name) is null)
        {
            var reader = new Utf8JsonReader(literal);
            reader.Read();
            Add(name).Merge(ref reader, literal);
        }
    }

    public void Rename(ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName)
    {
        if (Find(name) is { } value)
        {
            value.Name = newName.ToArray();
        }
    }

    public void Remove(ReadOnlySpan<byte> name)
    {
        if (Find(name) is { } value)
        {
            _values.Remove(value);
        }
    }

    private MergedValue Add(ReadOnlySpan<byte> name)
    {
        var value = new MergedValue(name.ToArray());
        _values.Add(value);
        return value;
    }
}
