using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Budgets;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// The queued and in-flight jobs by id, and the order in which the queued ones are served. Each job is in it at most once, so that repeated
/// hints do nothing. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class JobIndex
{
    // A tenant's jobs for one model may fill its lane; a few of every other model are kept all the same, so that one
    // model without capacity does not hide the others.
    private const int FewJobs = 256;

    private readonly RouteTable _routes;
    private readonly LaneDemand _demand;
    private readonly QueuedJobReader _reader;
    private readonly SchedulerOptions _options;
    private readonly HashSet<IndexedJob> _jobs = new(JobIdComparer.Instance);
    private readonly HashSet<IndexedJob>.AlternateLookup<Guid> _byId;
    private readonly HashSet<IndexedJob> _inFlight = new(JobIdComparer.Instance);
    private readonly TenantTable _tenants;
    private readonly JobHeap _waiting = new();

    public JobIndex(RouteTable routes, CreditBook credits, AccountBook accounts, LaneDemand demand, SchedulerOptions options)
    {
        (_routes, _demand, _options) = (routes, demand, options);
        _tenants = new TenantTable(accounts);
        _reader = new QueuedJobReader(credits);
        _byId = _jobs.GetAlternateLookup<Guid>();
    }

    /// <summary>For each lane the tenants with ready jobs, in the order of their turns.</summary>
    public IReadOnlyList<FairHeap<TenantLane>> Turns { get; } = [new(), new(), new(), new()];

    public bool HasReady => Turns[0].Count + Turns[1].Count + Turns[2].Count + Turns[3].Count > 0;

    /// <summary>Lanes of which the database holds more queued jobs than memory.</summary>
    public IReadOnlyCollection<TenantLane> Incomplete => _tenants.Incomplete;

    public IReadOnlyCollection<TenantState> Tenants => _tenants.All;

    public IReadOnlyCollection<IndexedJob> InFlight => _inFlight;

    /// <summary>Jobs in memory that the database has as queued.</summary>
    public int QueuedCount { get; private set; }

    public int InFlightCount => _inFlight.Count;

    public IndexedJob? Find(Guid id) => _byId.TryGetValue(id, out var job) ? job : null;

    public TenantState TenantOf(int id) => _tenants.Of(id);

    public JobGroup GroupOf(TenantLane lane, int apiKeyId, long batchHash) => _tenants.GroupOf(lane, apiKeyId, batchHash);

    /// <summary>Puts limits in force that have changed.</summary>
    public void ApplyAccounts() => _tenants.ApplyAccounts();

    /// <summary>Takes a queued job in that the index does not have. False: not kept, the database has it for later.</summary>
    public bool Add(QueuedJob queued, DateTimeOffset now)
    {
        var lane = TenantOf(queued.TenantId).LaneOf(queued.Lane);
        var group = GroupOf(lane, queued.ApiKeyId, queued.BatchHash);
        var model = _routes.ModelOf(queued.Route ?? queued.Model);
        if (!Keeps(group, queued, model))
        {
            lane.NotKept++;
            return false;
        }

        var job = _reader.Read(queued, group, model);
        _jobs.Add(job);
        lane.Count++;
        QueuedCount++;
        lane.LastId = job.Id > lane.LastId ? job.Id : lane.LastId;
        if (queued.NotBefore is { } notBefore && notBefore > now)
        {
            job.State = IndexedState.Waiting;
            _waiting.Add(job, notBefore.UtcTicks);
        }
        else
        {
            _demand.Note(lane.Lane, now);
            MakeReady(job);
        }

        return true;
    }

    /// <summary>Takes a job in that the database has as dispatched or running.</summary>
    public IndexedJob AddInFlight(InFlightJob found, Flight flight)
    {
        var lane = TenantOf(found.TenantId).LaneOf(found.Lane);
        var job = new IndexedJob(found.Id.Value, GroupOf(lane, found.ApiKeyId, found.BatchHash), model: null)
        {
            Fence = found.Fence,
            InputTokens = found.EstimatedInputTokens,
            MaxOutputTokens = found.EstimatedOutputTokens,
            Flight = flight,
            State = IndexedState.InFlight,
        };
        job.Group.InFlight.Enter();
        _jobs.Add(job);
        _inFlight.Add(job);
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
            _demand.Note(job.Lane.Lane, now);
            MakeReady(job);
        }

        return null;
    }

    /// <summary>Takes the first job of a queue out for a claim.</summary>
    public static void BeginClaim(JobQueue queue, IndexedJob job, Flight flight)
    {
        queue.Jobs.RemoveFirst();
        job.Queue = null;
        job.Flight = flight;
        job.State = IndexedState.Claiming;
        job.Group.InFlight.Enter();
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
        job.Flight!.ResendAt = resendAt;
        job.SeenIn = seenIn;
        _inFlight.Add(job);
    }

    /// <summary>The claim came to nothing: back to its queue.</summary>
    public void UndoClaim(IndexedJob job)
    {
        job.Flight = null;
        job.Group.Leave();
        MakeReady(job);
    }

    public void Remove(IndexedJob job)
    {
        var state = job.State;
        if (!_jobs.Remove(job))
        {
            return;
        }

        _inFlight.Remove(job);
        job.State = IndexedState.Gone;
        if (state <= IndexedState.Claiming)
        {
            LeaveQueued(job);
        }

        if (state == IndexedState.Waiting)
        {
            _waiting.NoteGone();
        }

        if (state is IndexedState.Claiming or IndexedState.InFlight)
        {
            job.Group.Leave();
        }

        job.Queue?.Jobs.NoteGone();
    }

    /// <summary>Sorts every ready job anew: the routes have changed.</summary>
    public void Reroute()
    {
        foreach (var group in _tenants.All.SelectMany(tenant => tenant.Lanes).SelectMany(lane => lane.Groups))
        {
            group.ClearQueues();
        }

        foreach (var job in _jobs)
        {
            job.Model = job.Model is null ? null : _routes.ModelOf(job.Model.Name);
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
            .Groups.SelectMany(group => group.Ready)
            .SelectMany(queue => queue.Jobs.Jobs)
            .Where(job => job.SeenIn != lane.Reading)
            .ToList();
        unseen.ForEach(Remove);
        return unseen.Count;
    }

    /// <summary>A group without ready jobs leaves its lane's turns; one without any jobs is forgotten.</summary>
    public void Retire(JobGroup group)
    {
        var lane = group.Lane;
        lane.Turns.Remove(group);
        if (group.InFlight.InFlight == 0)
        {
            lane.Forget(group);
        }

        if (lane.Turns.Count == 0)
        {
            Turns[(int)lane.Lane].Remove(lane);
        }
    }

    private void MakeReady(IndexedJob job)
    {
        var lane = job.Lane;

        // The group may have been forgotten while the job waited.
        var group = job.Group = GroupOf(lane, job.Group.ApiKeyId, job.Group.BatchHash);

        var queue = group.QueueOf(job.Model!.Route, QueueKind.Of(job));
        job.State = IndexedState.Queued;
        job.Queue = queue;
        queue.Jobs.Add(job, job.Due);
        if (!queue.IsListed)
        {
            queue.IsListed = true;
            group.Ready.Add(queue);
        }

        lane.Turns.Add(group);
        Turns[(int)lane.Lane].Add(lane);
    }

    private bool Keeps(JobGroup group, QueuedJob queued, ModelState model)
    {
        var lane = group.Lane;
        if (!lane.HasMore)
        {
            if (lane.Count < _options.IndexCapacity)
            {
                return true;
            }

            lane.HasMore = true;
            lane.CompleteTo = lane.LastId;
        }

        if (queued.Id.Value <= lane.CompleteTo || (lane.IsReading && lane.Count < _options.IndexCapacity))
        {
            return true;
        }

        return lane.Count < 2 * _options.IndexCapacity
            && group.QueueOf(model.Route, QueueKind.Plain).Jobs.Count < Math.Min(FewJobs, _options.IndexCapacity / 4);
    }

    private void LeaveQueued(IndexedJob job)
    {
        job.Lane.Count--;
        QueuedCount--;
    }
}
