using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Calls;

/// <summary>One call to make.</summary>
public sealed record ProviderCall
{
    public required ProviderConnection Connection { get; init; }

    /// <summary>The name of the key to use, of <see cref="ProviderConnection.Secrets"/>.</summary>
    public required string Key { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>The model name to ask for; takes the place of the one in the body.</summary>
    public required string Model { get; init; }

    /// <summary>The request as the client wrote it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body asks for a stream.</summary>
    public bool Streaming { get; init; }

    /// <summary>The broker's id of the job, sent along for the provider's support.</summary>
    public required string JobId { get; init; }

    public required CallTimeouts Timeouts { get; init; }
}
