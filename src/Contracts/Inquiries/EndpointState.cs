namespace InferenceBroker.Contracts.Inquiries;

/// <summary>What an endpoint has in hand and may still take.</summary>
public sealed record EndpointState
{
    /// <summary><c>provider/key/model</c>.</summary>
    public string Endpoint { get; init; } = "";

    public int InFlight { get; init; }

    /// <summary>Over all endpoints of the provider, with what waits in its queue.</summary>
    public int ProviderInFlight { get; init; }

    public int ProviderLimit { get; init; }

    public int KeyInFlight { get; init; }

    /// <summary>Null: no limit of its own.</summary>
    public int? KeyLimit { get; init; }

    /// <summary>Null: no limit.</summary>
    public double? RequestsPerMinute { get; init; }

    public double? RequestsLeft { get; init; }

    /// <summary>Null: no limit.</summary>
    public double? TokensPerMinute { get; init; }

    /// <summary>Below zero where more was used than reserved.</summary>
    public double? TokensLeft { get; init; }

    /// <summary>The provider asked to be left alone until then. Null: open.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>The provider's queue could not be reached; nothing is sent before. Null: it can.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Whether it gets work, and why not: <c>Available</c>, <c>ProbeOnly</c>, <c>Open</c>, <c>KeyParked</c>, <c>ModelParked</c>, <c>Paused</c>, <c>Draining</c>.</summary>
    public string Availability { get; init; } = "";

    /// <summary><c>Closed</c>, <c>Open</c>, <c>HalfOpen</c>, <c>Probing</c> or <c>Recovering</c>.</summary>
    public string Breaker { get; init; } = "";

    /// <summary>How much of its usual share health allows, 0 to 1.</summary>
    public double Share { get; init; }

    public int CallsLastMinute { get; init; }

    public long TokensLastMinute { get; init; }

    /// <summary>Failed calls ÷ calls, 0 to 1.</summary>
    public double ErrorShareLastMinute { get; init; }

    /// <summary>Seconds to the first token in the last minute, median. Null: no calls.</summary>
    public double? TtftP50 { get; init; }

    public double? TtftP95 { get; init; }

    public double? TtftP99 { get; init; }
}
