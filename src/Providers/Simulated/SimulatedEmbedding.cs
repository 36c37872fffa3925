namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// Makes vectors that mean something: every word adds its own direction, so that texts with words in common lie close together, whatever their order.
/// That is enough to rehearse a semantic cache or a search.
/// </summary>
internal static class SimulatedEmbedding
{
    private const int DirectionsPerWord = 4;

    public static void Fill(ReadOnlySpan<byte> text, Span<float> vector)
    {
        vector.Clear();
        var hash = 0UL;
        var inWord = false;
        foreach (var value in text)
        {
            if (IsWordPart(value))
            {
                hash = ((inWord ? hash : 14695981039346656037) ^ (ulong)(value | 0x20)) * 1099511628211;
                inWord = true;
            }
            else if (inWord)
            {
                Add(hash, vector);
                inWord = false;
            }
        }

        if (inWord)
        {
            Add(hash, vector);
        }

        Normalise(vector);
    }

    /// <summary>Letters, digits, and every byte of a letter beyond ASCII.</summary>
    private static bool IsWordPart(byte value) => value >= 0x80 || char.IsAsciiLetterOrDigit((char)value);

    private static void Add(ulong word, Span<float> vector)
    {
        var chance = new SimulatedChance(0, (long)word);
        for (var i = 0; i < DirectionsPerWord; i++)
        {
            vector[chance.Next(vector.Length)] += chance.Next() < 0.5 ? -1 : 1;
        }
    }

    private static void Normalise(Span<float> vector)
    {
        var sum = 0d;
        foreach (var value in vector)
        {
            sum += value * value;
        }

        if (sum == 0)
        {
            vector[0] = 1; // a text without words, or one whose words cancel out
            return;
        }

        var factor = (float)(1 / Math.Sqrt(sum));
        foreach (ref var value in vector)
        {
            value *= factor;
        }
    }
}
