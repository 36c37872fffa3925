using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>
/// A cheap guess at a job's tokens, reserved until the real usage is known. A real tokenizer takes about a millisecond for 4 kB, several
/// times what the whole submit may take; this one takes about a microsecond for English.
/// </summary>
public static class TokenEstimate
{
    /// <summary>The request names no limit for its answer.</summary>
    public const int UnknownOutput = -1;

    // What o200k makes of a character, in hundredths of a token.
    private const int Ascii = 23;
    private const int TwoBytes = 33; // Cyrillic, Greek, Arabic, accents
    private const int Indic = 35; // Devanagari to Georgian
    private const int Wide = 85; // Chinese, Japanese, Korean, punctuation
    private const int Astral = 120; // emoji

    // A data URL is no text. This is what a picture costs in middle resolution.
    private const int TokensPerMedium = 1_000;
    private const int EscapeLength = 6;

    /// <param name="body">The request as JSON.</param>
    /// <param name="mediaBytes">How much of it is images and files.</param>
    public static int Input(ReadOnlySpan<byte> body, int mediaBytes = 0, int mediaCount = 0)
    {
        var hundredths = ((long)(body.Length - mediaBytes) * Ascii) + BeyondAscii(body) + Escapes(body);
        return (int)Math.Clamp((hundredths / 100) + ((long)mediaCount * TokensPerMedium), 1, int.MaxValue);
    }

    /// <param name="maxOutputTokens">The request's own limit.</param>
    public static int Output(Operation operation, int? maxOutputTokens) =>
        operation == Operation.Embeddings ? 0 : maxOutputTokens ?? UnknownOutput;

    /// <summary>What characters of several bytes weigh more or less than as many ASCII bytes.</summary>
    private static long BeyondAscii(ReadOnlySpan<byte> text)
    {
        var sum = 0L;
        while (!text.IsEmpty)
        {
            // In a text of another script the next character is hardly ever far, so the search is begun only where it is ASCII.
            if (text[0] < 0x80)
            {
                var next = NextBeyondAscii(text);
                if (next < 0)
                {
                    break;
                }

                text = text[next..];
            }

            var (length, weight) = text[0] switch
            {
                >= 0xF0 => (4, Astral),
                >= 0xE2 => (3, Wide),
                >= 0xE0 => (3, Indic),
                _ => (2, TwoBytes),
            };
            sum += weight - (length * Ascii);
            text = text[Math.Min(length, text.Length)..];
        }

        return sum;
    }

    private static int NextBeyondAscii(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);

    /// <summary>The same for characters that are written as <c>\u4f60</c>, as some clients write all of theirs.</summary>
    private static long Escapes(ReadOnlySpan<byte> text)
    {
        var sum = 0L;
        for (var next = text.IndexOf("\\u"u8); next >= 0 && next + EscapeLength <= text.Length; next = text.IndexOf("\\u"u8))
        {
            // The first two of the four hexadecimal digits tell the script.
            var weight = (text[next + 2], text[next + 3]) switch
            {
                ((byte)'0', <= (byte)'7') => TwoBytes,
                ((byte)'0', _) or ((byte)'1', _) => Indic,
                ((byte)'d' or (byte)'D', > (byte)'7') => Astral / 2,
                _ => Wide,
            };
            sum += weight - (EscapeLength * Ascii);
            text = text[(next + EscapeLength)..];
        }

        return sum;
    }
}
