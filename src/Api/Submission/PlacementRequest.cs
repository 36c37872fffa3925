namespace InferenceBroker.Api.Submission;

/// <summary>A request whose placement is asked for.</summary>
public readonly record struct PlacementRequest
{
    /// <summary>The public model name that it asks for.</summary>
    public required string Model { get; init; }

    /// <summary>The name of the tenant that sends it; null where unknown.</summary>
    public string? Tenant { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required RequestTraits Traits { get; init; }

    /// <summary>The bytes that <see cref="Traits"/> was read from.</summary>
    public required ReadOnlyMemory<byte> Received { get; init; }

    /// <summary>The inference request within them.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The job's own metadata as a JSON object; where it is null, the request's counts.</summary>
    public string? Metadata { get; init; }

    /// <summary>What the caller named as <c>affinity</c>.</summary>
    public string? AffinityKey { get; init; }

    public IHeaderDictionary? Headers { get; init; }
}
