using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>
/// The product's scheduler on virtual time, with its own planner, chooser, settler, budgets, health and retry rules. What lies between it and
/// the providers is simulated: a claim and a message take a few milliseconds, workers have as many slots as the provider has concurrency, and
/// blocked jobs look for credit every 25 ms, as the dispatch loop has it.
/// </summary>
internal sealed class SimulatedBroker : IDispatcher
{
    private static readonly TimeSpan CreditPoll = TimeSpan.FromMilliseconds(25);

    // The claim in the database, then the message to the worker.
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMilliseconds(3);

    private readonly EventQueue _events;
    private readonly SchedulerOptions _options;
    private readonly Attempts _attempts;
    private readonly Dictionary<Guid, SimulatedJob> _jobs = [];
    private readonly List<IndexedJob> _round = [];
    private DateTimeOffset _nextLook = DateTimeOffset.MaxValue;
    private bool _isWoken;

    public SimulatedBroker(
        EventQueue events,
        ICatalogSource catalog,
        IEnumerable<SimulatedProvider> providers,
        int seed,
        SchedulerOptions? options = null
    )
    {
        _events = events;
        _options = options ?? new SchedulerOptions();
        var random = new Random(seed);
        Memory = new SchedulerMemory(catalog, new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn), _options, random);
        Memory.RefreshCatalog(events.Now);
        _attempts = new Attempts(events, catalog, providers, random, Ended);
    }

    public SchedulerMemory Memory { get; }

    public void Submit(SimulatedJob job)
    {
        _jobs.Add(job.Id, job);
        Memory.Settler.Admit(Hints.Queued(job), _events.Now);
        Wake();
    }

    /// <summary>Something has changed that the loop does not see by itself, such as the configuration.</summary>
    public void Wake()
    {
        if (!_isWoken)
        {
            // Whatever else happens at this moment is looked at together, as an inbox is.
            _isWoken = true;
            _events.At(_events.Now, Look);
        }
    }

    private void Look()
    {
        _isWoken = false;
        var now = _events.Now;
        Memory.RefreshCatalog(now);
        Memory.AdvanceHealth(now);
        var nextWaiting = Memory.Index.WakeWaiting(now);
        while (Memory.Planner.Plan(_round, _options.RoundSize, now) > 0)
        {
            Claim([.. _round]);
            _round.Clear();
        }

        LookAgain(nextWaiting, now);
    }

    private void LookAgain(DateTimeOffset? nextWaiting, DateTimeOffset now)
    {
        var next = Memory.Index.HasReady ? now + CreditPoll : DateTimeOffset.MaxValue;
        next = nextWaiting < next ? nextWaiting.Value : next;
        if (next == DateTimeOffset.MaxValue || (_nextLook > now && _nextLook <= next))
        {
            return;
        }

        _nextLook = next;
        _events.At(
            next,
            () =>
            {
                if (_nextLook == _events.Now)
                {
                    Wake();
                }
            }
        );
    }

    private void Claim(IndexedJob[] round) =>
        _events.After(
            ClaimTime,
            () =>
            {
                foreach (var claimed in round)
                {
                    Memory.Index.EndClaim(claimed, long.MaxValue, Memory.InFlight.LastRead);
                    _attempts.Begin(_jobs[claimed.Id], claimed.Endpoint!.Id, claimed.Fence);
                }
            }
        );

    private void Ended(SimulatedJob job, AttemptEnded ended)
    {
        if (ended.Requeued is null)
        {
            job.EndedAt = _events.Now;
            job.HasFailed = ended.Failure != (short)FailureClass.None;
            _jobs.Remove(job.Id);
        }

        Memory.Settler.Ended(ended, _events.Now);
        Wake();
    }
}
