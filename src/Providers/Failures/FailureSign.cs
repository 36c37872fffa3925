namespace InferenceBroker.Providers.Failures;

/// <summary>How one failure class is named.</summary>
/// <param name="Codes">Whole codes or types, in any case.</param>
/// <param name="Phrases">Parts of the message, in any case; where parts are joined by <c>&amp;</c>, all must occur.</param>
internal sealed record FailureSign(string[] Codes, string[] Phrases)
{
    public bool Matches(ErrorBody error, string text)
    {
        foreach (var code in Codes)
        {
            if (error.Names(code))
            {
                return true;
            }
        }

        foreach (var phrase in Phrases)
        {
            if (Occurs(phrase, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Occurs(ReadOnlySpan<char> phrase, ReadOnlySpan<char> text)
    {
        foreach (var part in phrase.Split('&'))
        {
            if (!text.Contains(phrase[part], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
