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
}
