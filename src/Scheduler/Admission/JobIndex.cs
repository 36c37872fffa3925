using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// The queued and in-flight jobs by id, and the order in which the queued ones are served. Each job is in it at most once, so that repeated
/// hints do nothing. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class JobIndex(RouteTable routes, CreditBook credits, SchedulerOptions options)
{
    // A tenant's jobs for one model may fill its lane; a few of every other model are kept all the same, so that one
    // model without capacity does not hide the others.
    private const int FewJobs = 256;

    private readonly Dictionary<Guid, IndexedJob> _jobs = [];
    private readonly Dictionary<Guid, IndexedJob> _inFlight = [];
    private readonly Dictionary<int, TenantState> _tenants = [];
    private readonly JobHeap _waiting = new();
    private double _virtualTime;

    /// <summary>Tenants with ready jobs; emptied ones leave when a round meets them.</summary>
    public List<TenantState> Active { get; } = [];

    public IReadOnlyCollection<TenantState> Tenants => _tenants.Values;

    public IReadOnlyCollection<IndexedJob> InFlight => _inFlight.Values;

    /// <summary>Jobs in memory that the database has as queued.</summary>
    public int QueuedCount { get; private set; }

    public int InFlightCount => _inFlight.Count;

    public IndexedJob? Find(Guid id) => _jobs.GetValueOrDefault(id);

    public TenantState TenantOf(int id)
    {
        if (!_tenants.TryGetValue(id, out var tenant))
        {
            tenant = new TenantState(id);
            _tenants.Add(id, tenant);
        }

        return tenant;
    }

    /// <summary>Takes a queued job in that the index does not have. False: not kept, the database has it for later.</summary>
    public bool Add(QueuedJob queued, DateTimeOffset now)
    {
        var lane = TenantOf(queued.TenantId).LaneOf(queued.Lane);
        var model = routes.ModelOf(queued.Route ?? queued.Model);
        if (!Keeps(lane, queued, model))
        {
            lane.NotKept++;
            return false;
        }

        var id = queued.Id.Value;
        var job = new IndexedJob(id, lane, model)
        {
            Fence = queued.Fence,
            Due = Urgency.Due(queued.CreatedAt, queued.Lane, queued.Deadline, queued.EstimatedOutputTokens).UtcTicks,
            Deadline = queued.Deadline?.UtcTicks ?? long.MaxValue,
            InputTokens = queued.EstimatedInputTokens,
            OutputTokens = queued.EstimatedOutputTokens,
            Tried = TriedOf(queued),
            Capabilities = (Capabilities)queued.Needs & Capabilities.All,
            Wishes = JobWishes.Of(queued.Fallbacks, placement: null, AffinityOf(queued, model.Route), maxOutputTokens: 0),
            SeenIn = lane.Reading,
        };
        _jobs.Add(id, job);
        lane.Count++;
        QueuedCount++;
        lane.LastId = id > lane.LastId ? id : lane.LastId;
        if (queued.NotBefore is { } notBefore && notBefore > now)
        {
            job.State = IndexedState.Waiting;
            _waiting.Add(job, notBefore.UtcTicks);
        }
        else
        {
            MakeReady(job);
        }

        return true;
    }

    /// <summary>Takes a job in that the database has as dispatched or running. Its credit is the caller's business.</summary>
    public IndexedJob AddInFlight(InFlightJob found, EndpointCredit endpoint, long resendAt)
    {
        var lane = TenantOf(found.TenantId).LaneOf(Domain.Jobs.Lane.Standard);
        var job = new IndexedJob(found.Id.Value, lane, model: null)
        {
            Fence = found.Fence,
            InputTokens = found.EstimatedInputTokens,
            OutputTokens = found.EstimatedOutputTokens,
            Endpoint = endpoint,
            ResendAt = resendAt,
            State = IndexedState.InFlight,
        };
        _jobs.Add(job.Id, job);
        _inFlight.Add(job.Id, job);
        return job;
    }

    /// <summary>Moves the jobs whose time has come into their queues. Returns when the next one is due, or null.</summary>
    public DateTimeOffset? WakeWaiting(DateTimeOffset now)
    {
        while (_waiting.TryPeek(out var job, out var time))
        {
            if (time > now.UtcTicks)
            {
                return new DateTimeOffset(time, TimeSpan.Zero);
            }

            _waiting.RemoveFirst();
            MakeReady(job);
        }

        return null;
    }

    /// <summary>Takes the first job of a queue out for a claim.</summary>
    public void BeginClaim(JobQueue queue, IndexedJob job, EndpointCredit endpoint)
    {
        queue.Jobs.RemoveFirst();
        var share = job.Lane.Tenant.Share;
        _virtualTime = Math.Max(_virtualTime, share.VirtualTime);
        job.Queue = null;
        job.Endpoint = endpoint;
        job.State = IndexedState.Claiming;
    }

    /// <summary>Takes the first job of a queue out until then: no target can serve it, and others wait behind it.</summary>
    public void Postpone(JobQueue queue, IndexedJob job, DateTimeOffset until)
    {
        queue.Jobs.RemoveFirst();
        job.Queue = null;
        job.State = IndexedState.Waiting;
        _waiting.Add(job, until.UtcTicks);
    }

    /// <summary>The claim is stored: the job is dispatched, with the next fence.</summary>
    public void EndClaim(IndexedJob job, long resendAt, int seenIn)
    {
        LeaveQueued(job);
        job.State = IndexedState.InFlight;
        job.Fence++;
        job.ResendAt = resendAt;
        job.SeenIn = seenIn;
        _inFlight.Add(job.Id, job);
    }

    /// <summary>The claim came to nothing: back to its queue.</summary>
    public void UndoClaim(IndexedJob job)
    {
        job.Endpoint = null;
        MakeReady(job);
    }

    public void Remove(IndexedJob job)
    {
        var state = job.State;
        if (!_jobs.Remove(job.Id))
        {
            return;
        }

        _inFlight.Remove(job.Id);
        job.State = IndexedState.Gone;
        if (state <= IndexedState.Claiming)
        {
            LeaveQueued(job);
        }

        if (state == IndexedState.Waiting)
        {
            _waiting.NoteGone();
        }

        job.Queue?.Jobs.NoteGone();
    }

    /// <summary>Sorts every ready job anew: the routes have changed.</summary>
    public void Reroute()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.ClearQueues();
        }

        foreach (var job in _jobs.Values)
        {
            job.Model = job.Model is null ? null : routes.ModelOf(job.Model.Name);
            if (job.State == IndexedState.Queued)
            {
                MakeReady(job);
            }
        }
    }

    /// <summary>Removes the jobs of a lane that its last reading should have seen and did not.</summary>
    public int RemoveUnseen(TenantLane lane)
    {
        var unseen = lane
            .Tenant.Ready.Where(q => q.Lane == lane)
            .SelectMany(q => q.Jobs.Jobs)
            .Where(j => j.SeenIn != lane.Reading)
            .ToList();
        unseen.ForEach(Remove);
        return unseen.Count;
    }

    private void MakeReady(IndexedJob job)
    {
        var tenant = job.Lane.Tenant;
        var queue = tenant.QueueOf(job.Model!.Route, job.Lane.Lane, QueueKind.Of(job));
        job.State = IndexedState.Queued;
        job.Queue = queue;
        queue.Jobs.Add(job, job.Due);
        if (!queue.IsListed)
        {
            queue.IsListed = true;
            tenant.Ready.Add(queue);
        }

        if (!tenant.IsListed)
        {
            tenant.IsListed = true;
            tenant.Share.Join(_virtualTime);
            Active.Add(tenant);
        }
    }

    private bool Keeps(TenantLane lane, QueuedJob queued, ModelState model)
    {
        if (!lane.HasMore)
        {
            if (lane.Count < options.IndexCapacity)
            {
                return true;
            }

            lane.HasMore = true;
            lane.CompleteTo = lane.LastId;
        }

        if (queued.Id.Value <= lane.CompleteTo || (lane.IsReading && lane.Count < options.IndexCapacity))
        {
            return true;
        }

        return lane.Count < 2 * options.IndexCapacity
            && lane.Tenant.QueueOf(model.Route, lane.Lane, QueueKind.Plain).Jobs.Count < Math.Min(FewJobs, options.IndexCapacity / 4);
    }

    // Kept only where the route looks at it.
    private static long AffinityOf(QueuedJob queued, RouteState route) =>
        route.Route.AffinityMargin is null ? AffinityTable.NoAffinity : queued.Affinity ?? AffinityTable.NoAffinity;

    private EndpointCredit[]? TriedOf(QueuedJob queued)
    {
        if (queued.Tried.Count == 0)
        {
            return null;
        }

        // Endpoints that are configured no more need not be avoided.
        var tried = queued.Tried.Select(credits.Find).OfType<EndpointCredit>().ToArray();
        return tried.Length == 0 ? null : tried;
    }

    private void LeaveQueued(IndexedJob job)
    {
        job.Lane.Count--;
        QueuedCount--;
    }
}
