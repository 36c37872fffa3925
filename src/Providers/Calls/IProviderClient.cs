namespace InferenceBroker.Providers.Calls;

/// <summary>Speaks one wire dialect. Thread safe; holds pooled connections, so one instance serves all calls of a process.</summary>
public interface IProviderClient
{
    /// <summary>The value of a provider's <c>kind</c> that selects this client.</summary>
    string Kind { get; }

    /// <summary>
    /// Makes one call. Failures of the provider, the network and the time limits are values. Only the caller's own cancellation throws
    /// <see cref="OperationCanceledException"/>, after the connection was closed.
    /// </summary>
    Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken);
}
