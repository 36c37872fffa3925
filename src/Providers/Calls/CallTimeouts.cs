namespace InferenceBroker.Providers.Calls;

/// <summary>Limits of one call, all above zero.</summary>
/// <param name="Connect">To establish a connection.</param>
/// <param name="FirstToken">From the request to the first chunk of a stream; to the whole of a plain answer only <paramref name="Total"/> holds.</param>
/// <param name="Idle">Between two chunks of a stream.</param>
/// <param name="Total">The whole call.</param>
public sealed record CallTimeouts(TimeSpan Connect, TimeSpan FirstToken, TimeSpan Idle, TimeSpan Total);
