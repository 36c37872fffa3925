using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>
/// Reads one object of <c>broker.json</c> strictly: each property once by name, then <see cref="Done"/> reports those that nobody asked for.
/// Numbers may also be written as texts, because overrides from the environment are.
/// </summary>
internal sealed class SectionReader
{
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _known = [];
    private readonly FaultList _faults;

    public SectionReader(JsonNode? node, string path, FaultList faults)
    {
        Path = path;
        _faults = faults;
        if (node is JsonObject section)
        {
            foreach (var (name, value) in section)
            {
                Take(name, value);
            }
        }
        else if (node is not null)
        {
            faults.Add(path, "must be an object { … }");
        }
    }

    public string Path { get; }

    /// <summary>The names of the properties that are there.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    public string PathOf(string name) => FaultList.Join(Path, name);

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.GetValueKind() == JsonValueKind.String)
        {
            return value.GetValue<string>();
        }

        _faults.Add(PathOf(name), "must be a text in quotes");
        return null;
    }

    public int? Integer(string name, int minimum, int maximum)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = Scalar(value);
        if (
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            && number >= minimum
            && number <= maximum
        )
        {
            return number;
        }

        _faults.Add(PathOf(name), $"'{text}' is not allowed (a whole number from {minimum} to {maximum})");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = Scalar(value);
        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        _faults.Add(PathOf(name), $"'{text}' is not allowed (true or false)");
        return null;
    }

    public decimal? Amount(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = Scalar(value);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= 1_000_000)
        {
            return number;
        }

        _faults.Add(PathOf(name), $"'{text}' is not allowed (a number from 0 to 1000000)");
        return null;
    }

    /// <summary>The parts of an object whose property names are free.</summary>
    public IEnumerable<(string Name, SectionReader Section)> Sections(string name)
    {
        if (Find(name) is not { } value)
        {
            yield break;
        }

        if (value is not JsonObject parts)
        {
            _faults.Add(PathOf(name), "must be an object { … }");
            yield break;
        }

        foreach (var (part, node) in parts)
        {
            yield return (part, new SectionReader(node, FaultList.Join(PathOf(name), part), _faults));
        }
    }

    public SectionReader Section(string name) => new(Find(name), PathOf(name), _faults);

    public IReadOnlyList<SectionReader> Items(string name) =>
        [.. Elements(name).Select((node, i) => new SectionReader(node, $"{PathOf(name)}[{i}]", _faults))];

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (node, i) in Elements(name).Select((node, i) => (node, i)))
        {
            if (node?.GetValueKind() == JsonValueKind.String)
            {
                texts.Add(node.GetValue<string>());
            }
            else
            {
                _faults.Add($"{PathOf(name)}[{i}]", "must be a text in quotes");
            }
        }

        return texts;
    }

    /// <summary>One text, or a list of them.</summary>
    public IReadOnlyList<string> TextOrTexts(string name)
    {
        if (Find(name) is JsonArray list)
        {
            if (list.Count == 0)
            {
                _faults.Add(PathOf(name), "must not be empty");
            }

            return Texts(name);
        }

        return Text(name) is { } text ? [text] : [];
    }

    /// <summary>Free names with plain values; the names are made lower case.</summary>
    public IReadOnlyDictionary<string, string> Settings(string name)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { } value)
        {
            return settings;
        }

        if (value is not JsonObject parts)
        {
            _faults.Add(PathOf(name), "must be an object { … }");
            return settings;
        }

        foreach (var (part, node) in parts)
        {
            if (node is JsonValue plain)
            {
                settings[part.ToLowerInvariant()] = Scalar(plain);
            }
            else
            {
                _faults.Add(FaultList.Join(PathOf(name), part), "must be a text, a number or true/false");
            }
        }

        return settings;
    }

    /// <summary>Call last.</summary>
    public void Done(params ReadOnlySpan<string> alsoKnown)
    {
        foreach (var name in alsoKnown)
        {
            Find(name);
        }

        foreach (var name in _values.Keys.Where(name => !_known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            _faults.Add(PathOf(name), $"'{name}' is not known here ({string.Join(", ", _known)})");
        }
    }

    private void Take(string name, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        if (!_values.TryAdd(name, value))
        {
            _faults.Add(PathOf(name), "is written twice");
        }
    }

    private JsonArray Elements(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value is JsonArray array)
        {
            return array;
        }

        _faults.Add(PathOf(name), "must be a list [ … ]");
        return [];
    }

    private JsonNode? Find(string name)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _values.GetValueOrDefault(name);
    }

    private static string Scalar(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
