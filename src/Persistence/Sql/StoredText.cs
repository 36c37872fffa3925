using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace InferenceBroker.Persistence.Sql;

/// <summary>Texts as both databases can hold them.</summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspects = SearchValues.Create([
        '\0',
        .. Enumerable.Range(0xD800, 0x800).Select(value => (char)value),
    ]);

    /// <summary>PostgreSQL refuses NUL and half surrogate pairs in a text; providers and callers send both.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text) => text is null || !text.AsSpan().ContainsAny(Suspects) ? text : Replace(text);

    /// <summary>One item a line; null when empty.</summary>
    public static string? JoinLines(IReadOnlyList<string> items) =>
        items.Count == 0 ? null : Clean(string.Join('\n', items.Select(item => item.Replace('\n', ' '))));

    public static IReadOnlyList<string> SplitLines(string? lines) =>
        string.IsNullOrEmpty(lines) ? [] : lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Replace(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return clean.ToString();
    }
}
