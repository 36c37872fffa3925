using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>What a provider will make of a call.</summary>
internal readonly record struct Answer(FailureClass Failure, TimeSpan FirstToken, TimeSpan Duration)
{
    public TimeSpan? RetryAfter { get; init; }
}
