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
        var perSecond = route.Rate.PerSecond(now) * ShareOf(job.Lane, route);
        var limit = refusal?.Wait?.TotalSeconds ?? 0;
        if (perSecond > 0)
        {
            return Seconds(Math.Max((place.AheadOnRoute + 1) / perSecond, limit));
        }

        return place.AheadOnRoute == 0 && limit > 0 ? Seconds(limit) : null;
    }

    private double ShareOf(TenantLane lane, RouteState route)
    {
        var all = 0.0;
        foreach (var tenant in index.Tenants)
        {
            var other = tenant.LaneOf(lane.Lane);
            if (ReferenceEquals(other, lane) || WaitsFor(other, route))
            {
                all += tenant.Weight;
            }
        }

        return all > 0 ? lane.Tenant.Weight / all : 1;
    }

    private static bool WaitsFor(TenantLane lane, RouteState route)
    {
        foreach (var group in lane.Groups)
        {
            foreach (var queue in group.Ready)
            {
                if (ReferenceEquals(queue.Route, route) && queue.Jobs.Count > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int Seconds(double seconds) => (int)Math.Min(int.MaxValue, Math.Ceiling(seconds));
}
