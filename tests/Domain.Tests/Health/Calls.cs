using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

/// <summary>Ended calls for tests.</summary>
internal static class Calls
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static EndedCall Good(DateTimeOffset at, double seconds = 0) => Ended(FailureClass.None, at, seconds);

    public static EndedCall Bad(DateTimeOffset at, double seconds = 0, TimeSpan? retryAfter = null) =>
        Ended(FailureClass.Transient, at, seconds) with
        {
            RetryAfter = retryAfter,
        };

    public static EndedCall Ended(FailureClass failure, DateTimeOffset at, double seconds = 0) =>
        new()
        {
            Failure = failure,
            StartedAt = at - TimeSpan.FromSeconds(seconds),
            EndedAt = at,
        };
}
