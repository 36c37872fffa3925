using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>
/// When a job is about to be dispatched: (1) its place among its tenant's jobs for the route, by the rate at which the route's jobs went in the
/// last minute; (2) of that rate its tenant gets its share among those that wait for the route; (3) not before the limit that holds it up ends.
/// </summary>
internal sealed class WaitingEstimate(JobIndex index)
{
    /// <summary>Null: nothing to judge by.</summary>
    public int? SecondsOf(IndexedJob job, QueuePlace place, CreditRefusal? refusal, DateTimeOffset now)
    {
        var route = job.Model!.Route;
        var perSecond = route.Rate.PerSecond(now) * ShareOf(job.Lane.Tenant, route);
        var limit = refusal?.Wait?.TotalSeconds ?? 0;
        if (perSecond > 0)
        {
            return Seconds(Math.Max((place.AheadOnRoute + 1) / perSecond, limit));
        }

        return place.AheadOnRoute == 0 && limit > 0 ? Seconds(limit) : null;
    }

    private double ShareOf(TenantState tenant, RouteState route)
    {
        var all = 0.0;
        foreach (var other in index.Active)
        {
            if (ReferenceEquals(other, tenant) || WaitsFor(other, route))
            {
                all += other.Share.Weight;
            }
        }

        return all > 0 ? tenant.Share.Weight / all : 1;
    }

    private static bool WaitsFor(TenantState tenant, RouteState route)
    {
        foreach (var queue in tenant.Ready)
        {
            if (ReferenceEquals(queue.Route, route) && queue.Jobs.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int Seconds(double seconds) => (int)Math.Min(int.MaxValue, Math.Ceiling(seconds));
}
