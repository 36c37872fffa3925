using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>What a simulated provider reads of a request.</summary>
internal sealed record SimulatedRequest
{
    public required Operation Operation { get; init; }

    public required string Model { get; init; }

    public bool Streams { get; init; }

    public bool IncludesUsage { get; init; }

    public int? MaxTokens { get; init; }

    public int InputTokens { get; init; }

    public uint PromptHash { get; init; }

    /// <summary>The prompt's text; for embeddings the inputs are in <see cref="Inputs"/>.</summary>
    public required byte[] Prompt { get; init; }

    public IReadOnlyList<byte[]> Inputs { get; init; } = [];

    public int? Dimensions { get; init; }

    /// <summary>Vectors are wanted as base64 of 32-bit floats, little end first.</summary>
    public bool IsBase64 { get; init; }
}
