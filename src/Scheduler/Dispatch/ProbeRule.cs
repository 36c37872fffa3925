using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Which job may be the probe of an endpoint: one that may be called again whatever comes of it, of the lower lanes first, since its answer may be
/// late. Where there is none of those for a while, a more urgent one has to do: an endpoint that nobody tries never comes back.
/// </summary>
internal static class ProbeRule
{
    private static readonly TimeSpan ForStandard = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForInteractive = TimeSpan.FromSeconds(5);

    public static bool Suits(IndexedJob job, CircuitBreaker breaker, DateTimeOffset now)
    {
        var waiting = now - breaker.Until;
        return job.IsReplaySafe
            && job.Lane.Lane switch
            {
                Lane.Interactive => waiting >= ForInteractive,
                Lane.Standard => waiting >= ForStandard,
                _ => true,
            };
    }
}
