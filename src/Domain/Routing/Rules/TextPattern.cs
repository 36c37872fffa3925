namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>An exact text, or with a <c>*</c> at its end every text that begins so. Case matters.</summary>
public readonly record struct TextPattern(string Text)
{
    private bool IsPrefix => Text.EndsWith('*');

    private ReadOnlySpan<char> Prefix => Text.AsSpan(0, Text.Length - 1);

    public bool Matches(string value) => IsPrefix ? value.StartsWith(Prefix, StringComparison.Ordinal) : value == Text;

    /// <summary>True where this matches whatever the other one matches.</summary>
    public bool Covers(TextPattern other)
    {
        if (!IsPrefix)
        {
            return Text == other.Text;
        }

        var start = other.IsPrefix ? other.Prefix : other.Text;
        return start.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>True where some text matches both.</summary>
    public bool Meets(TextPattern other) => Covers(other) || other.Covers(this);
}
