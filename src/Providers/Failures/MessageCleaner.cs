using System.Text.RegularExpressions;

namespace InferenceBroker.Providers.Failures;

/// <summary>Takes keys and echoed prompts out of a provider's message before it is stored or shown.</summary>
internal static partial class MessageCleaner
{
    private const int Longest = 500;
    private const int LongestInput = 4000;
    private const string Removed = "[removed]";

    public static string Clean(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return "";
        }

        var text = message.Length > LongestInput ? message[..LongestInput] : message;
        text = Blanks().Replace(text, " ").Trim();
        text = Bearer().Replace(text, "${scheme} " + Removed);
        text = KeyParameter().Replace(text, "${name}" + Removed);
        text = Keys().Replace(text, Removed);
        text = LongTokens().Replace(text, Removed);
        text = InputValue().Replace(text, "${name}" + Removed);
        text = Echoes().Replace(text, Removed);
        return text.Length > Longest ? string.Concat(text.AsSpan(0, Longest - 1), "…") : text;
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b(?<scheme>Bearer|Basic)\s+[^\s""',;]+", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(?<name>[?&](?:key|api[-_]?key|token|signature)=)[^\s&""']+", RegexOptions.IgnoreCase)]
    private static partial Regex KeyParameter();

    /// <summary>Vendors' key prefixes, also where the middle is starred out.</summary>
    [GeneratedRegex(
        @"\b(?:sk|pk|rk|gsk|xai|pplx|csk|fw|hf|r8|nvapi|key|tgp|AKIA|ASIA|AIza)(?:[-_][A-Za-z0-9_\-*.]{3,}|[A-Za-z0-9_\-*]{16,})"
    )]
    private static partial Regex Keys();

    [GeneratedRegex(@"(?=[A-Za-z0-9+/_\-=.*]*[0-9*])(?=[A-Za-z0-9+/_\-=.*]*[A-Za-z])[A-Za-z0-9+/_\-=.*]{32,}")]
    private static partial Regex LongTokens();

    /// <summary>Pydantic repeats the refused value.</summary>
    [GeneratedRegex(@"(?<name>input_value=).*?(?=, input_type|\]|$)")]
    private static partial Regex InputValue();

    /// <summary>A quotation or a bracketed value of more than 80 characters, also one that was cut off: most likely the prompt. An apostrophe inside a word opens nothing.</summary>
    [GeneratedRegex(
        @"""[^""]{81,}(?:""|$)|`[^`]{81,}(?:`|$)|(?<!\w)'(?:[^']|(?<=\w)'(?=\w)){81,}(?:'|$)|“[^”]{81,}(?:”|$)|\{.{80,}(?:\}|$)|\[.{80,}(?:\]|$)"
    )]
    private static partial Regex Echoes();
}
