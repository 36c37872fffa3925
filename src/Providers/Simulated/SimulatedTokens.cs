using System.Text;
using System.Text.Json;

namespace InferenceBroker.Providers.Simulated;

/// <summary>The tokens of one answer in order, escaped for JSON: first the prompt's mark, then words. Not thread safe.</summary>
internal sealed class SimulatedTokens(SimulatedRequest request, bool echoes, int seed)
{
    private readonly byte[] _echo = echoes ? Escape(request.Prompt) : [];
    private SimulatedChance _chance = new(seed, request.PromptHash);
    private byte[][] _sentence = [];
    private int _word;
    private int _echoed;
    private bool _isMarked;

    /// <summary>Words are what blanks separate; escaping changes nothing about that.</summary>
    public static int CountWords(ReadOnlySpan<byte> text) => text.IsEmpty ? 0 : 1 + text.Count((byte)' ');

    /// <summary>The next token, its blank in front. The caller knows how many there are.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (!_isMarked)
        {
            _isMarked = true;
            return Encoding.ASCII.GetBytes($"[prompt {request.PromptHash:x8}]");
        }

        return echoes ? NextEchoed() : NextWord();
    }

    private ReadOnlySpan<byte> NextWord()
    {
        if (_word == _sentence.Length)
        {
            _sentence = SimulatedSentences.Words[_chance.Next(SimulatedSentences.Words.Length)];
            _word = 0;
        }

        return _sentence[_word++];
    }

    private ReadOnlySpan<byte> NextEchoed()
    {
        var rest = _echo.AsSpan(_echoed);
        var next = rest.Length < 2 ? -1 : rest[1..].IndexOf((byte)' ');
        var word = next < 0 ? rest : rest[..(next + 1)];
        _echoed += word.Length;
        return word;
    }

    /// <summary>With a blank in front, so that the first word is like all others.</summary>
    private static byte[] Escape(byte[] prompt) => [(byte)' ', .. JsonEncodedText.Encode(prompt).EncodedUtf8Bytes];
}
