using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>
/// Counts the jobs before others: one pass over a tenant's ready jobs for all that are asked about. The loop dispatches nothing meanwhile, so
/// only so many jobs are looked at in a second; beyond that places are left out. Not thread safe.
/// </summary>
internal sealed class QueuePlaces
{
    private const int MostPerSecond = 1_000_000;

    private long _second;
    private int _looked;

    /// <summary>The places of those jobs that are ready.</summary>
    public Dictionary<Guid, QueuePlace> Find(IReadOnlyList<IndexedJob> jobs, DateTimeOffset now)
    {
        var places = new Dictionary<Guid, QueuePlace>();
        foreach (var tenant in jobs.Where(j => j.State == IndexedState.Queued).GroupBy(j => j.Lane.Tenant))
        {
            if (!Allows(QueuesOf(tenant.Key).Sum(q => q.Jobs.HeldCount), now))
            {
                continue;
            }

            foreach (var route in tenant.GroupBy(j => j.Model!.Route))
            {
                // A tenant's jobs that are asked about are nearly always of one route, so this seldom counts twice.
                var asked = route.OrderBy(j => j.Due).ToArray();
                var ahead = CountAhead(asked, QueuesOf(tenant.Key));
                var onRoute = CountAhead(asked, QueuesOf(tenant.Key).Where(q => ReferenceEquals(q.Route, route.Key)));
                for (var i = 0; i < asked.Length; i++)
                {
                    places[asked[i].Id] = new QueuePlace(ahead[i], onRoute[i]);
                }
            }
        }

        return places;
    }

    private static IEnumerable<JobQueue> QueuesOf(TenantState tenant) =>
        tenant.Lanes.SelectMany(lane => lane.Groups).SelectMany(group => group.Ready);

    private bool Allows(int count, DateTimeOffset now)
    {
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            (_second, _looked) = (second, 0);
        }

        if (_looked + count > MostPerSecond)
        {
            return false;
        }

        _looked += count;
        return true;
    }

    private static int[] CountAhead(IndexedJob[] asked, IEnumerable<JobQueue> queues)
    {
        var ahead = new int[asked.Length];
        foreach (var other in queues.SelectMany(q => q.Jobs.Jobs))
        {
            var first = FirstAfter(asked, other.Due);
            if (first < ahead.Length)
            {
                ahead[first]++;
            }
        }

        for (var i = 1; i < ahead.Length; i++)
        {
            ahead[i] += ahead[i - 1];
        }

        return ahead;
    }

    private static int FirstAfter(IndexedJob[] asked, long due)
    {
        var (low, high) = (0, asked.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = asked[middle].Due > due ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
