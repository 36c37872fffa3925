using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Providers.Calls;

/// <summary>How a call ended: an answer or a failure.</summary>
public sealed record ProviderAnswer
{
    /// <summary>Null where the call succeeded.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>The HTTP status; 0 where no answer came.</summary>
    public int StatusCode { get; init; }

    /// <summary>The whole answer in the dialect of the request; for a stream it is put together from the chunks, also when it broke off.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Null: the provider did not say.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>From the request to the first chunk with content (stream) or to the headers (plain).</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Null: the provider told nothing about its limits.</summary>
    public ProviderLimits? Limits { get; init; }

    /// <summary>True where any content was received, so that the model may have been paid for.</summary>
    public bool HasOutput { get; init; }
}
