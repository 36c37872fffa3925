namespace InferenceBroker.Api.Submission;

/// <summary>What the broker needs to know of an inference request; the request itself stays raw bytes.</summary>
internal sealed class InferenceBody
{
    /// <summary>Where the request stands in the received bytes.</summary>
    public ByteRange Range { get; set; }

    public string? Model { get; set; }

    public bool Streaming { get; set; }

    /// <summary>The client asked for the usage chunk of a stream.</summary>
    public bool WantsUsageChunk { get; set; }

    public int? MaxOutputTokens { get; set; }

    public InputKind Messages { get; set; }

    public InputKind Prompt { get; set; }

    public InputKind Input { get; set; }

    /// <summary>What placement looks at.</summary>
    public RequestTraits Traits { get; } = new();

    public IReadOnlyList<string>? Fallbacks { get; set; }

    /// <summary>The broker's own field with its comma, to be cut out before a provider sees the request.</summary>
    public ByteRange? Cut { get; set; }

    public byte[] CopyFor(byte[] received)
    {
        if (Cut is not { } cut)
        {
            return Range == new ByteRange(0, received.Length) ? received : received[Range.Start..Range.End];
        }

        var before = received.AsSpan(Range.Start, cut.Start - Range.Start);
        var after = received.AsSpan(cut.End, Range.End - cut.End);
        return [.. before, .. after];
    }
}
