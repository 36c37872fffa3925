using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>A valid line. Its memory belongs to the reader and is valid until the next line is read.</summary>
internal sealed record InputLine
{
    public required int Number { get; init; }

    public required string CustomId { get; init; }

    public required Operation Operation { get; init; }

    public required string Model { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public bool Streaming { get; init; }

    public JobPlacement Placement { get; init; }

    /// <summary>The tokens that the body allows for the answer, or null.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>A JSON object of strings, or null.</summary>
    public string? Metadata { get; init; }
}
