namespace InferenceBroker.Providers.Simulated;

/// <summary>What the limits say to one call.</summary>
/// <param name="RetryAfter">Null: admitted.</param>
internal readonly record struct SimulatedLimitVerdict(TimeSpan? RetryAfter, int RemainingRequests, int RemainingTokens, TimeSpan Reset);
