using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Which job may be the probe of an endpoint: one that may be called again whatever comes of it, of the lower lanes first, since its answer may be
/// late. Where there is none of those for a while, a more urgent one has to do: an endpoint that nobody tries never comes back. The same holds for
/// one that has failed before: else the oldest job would be the probe of every endpoint in turn, until it has no attempts left.
/// </summary>
internal static class ProbeRule
{
    private static readonly TimeSpan ForStandard = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForInteractive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForRetries = TimeSpan.FromSeconds(10);

    public static bool Suits(IndexedJob job, CircuitBreaker breaker, DateTimeOffset now)
    {
        var waiting = now - breaker.Until;
        return job.IsReplaySafe
            && (job.Tried is null || waiting >= ForRetries)
            && job.Lane.Lane switch
            {
                Lane.Interactive => waiting >= ForInteractive,
                Lane.Standard => waiting >= ForStandard,
                _ => true,
            };
    }
}
