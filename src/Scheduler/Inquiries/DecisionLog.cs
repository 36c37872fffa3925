using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>
/// Remembers the last decisions with the values that they were made by, so that they can be explained: (1) two rings of fixed size, one of
/// decisions and one of their candidates, so that writing allocates nothing; (2) a decision whose candidates were overwritten is forgotten;
/// (3) of a route with many endpoints the first ones and the picked one are kept. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class DecisionLog(int decisions = 4096 * 4, int candidates = 4096 * 16)
{
    private const int MostCandidates = 16;

    private readonly DecisionEntry[] _decisions = new DecisionEntry[decisions];
    private readonly CandidateEntry[] _candidates = new CandidateEntry[candidates];
    private long _nextDecision;
    private long _nextCandidate;

    /// <summary>Notes a pick before it is charged, so that counts and credits are those that it was made by.</summary>
    /// <param name="among">Those that could be picked; the policy has rated them unless it was not asked.</param>
    public void Note(
        in Wish wish,
        RouteState route,
        EndpointCredit[]? tried,
        in PickContext context,
        ReadOnlySpan<Candidate> among,
        Candidate picked,
        DecisionReason reason
    )
    {
        var first = _nextCandidate;
        var isRated = reason == DecisionReason.Policy && Rate(route.Policy, context, among);
        var all = route.Candidates;
        var isListed = false;
        for (var i = 0; i < all.Length; i++)
        {
            var isPicked = ReferenceEquals(all[i], picked);
            isListed |= isPicked;
            var room = MostCandidates - (int)(_nextCandidate - first) - (isListed ? 0 : 1);
            if (room > 0)
            {
                Note(all[i], wish, tried, isPicked, isRated);
            }
            else if (isListed)
            {
                break;
            }
        }

        ref var entry = ref _decisions[_nextDecision++ % _decisions.Length];
        entry.JobId = wish.Job.Id;
        entry.Fence = wish.Job.Fence + 1;
        entry.DecidedAt = context.Now.UtcTicks;
        entry.Route = route;
        entry.Reason = reason;
        entry.FirstCandidate = first;
        entry.Candidates = (int)(_nextCandidate - first);
        entry.NotListed = all.Length - entry.Candidates;
    }

    /// <summary>The decisions for a job that are remembered, the oldest first.</summary>
    public List<DecisionEntry> Find(Guid jobId)
    {
        var found = new List<DecisionEntry>();
        for (var i = Math.Max(0, _nextDecision - _decisions.Length); i < _nextDecision; i++)
        {
            ref var entry = ref _decisions[i % _decisions.Length];
            if (entry.JobId == jobId && entry.FirstCandidate >= _nextCandidate - _candidates.Length)
            {
                found.Add(entry);
            }
        }

        return found;
    }

    public CandidateEntry CandidateOf(in DecisionEntry decision, int index) =>
        _candidates[(decision.FirstCandidate + index) % _candidates.Length];

    private void Note(Candidate candidate, in Wish wish, EndpointCredit[]? tried, bool isPicked, bool isRated)
    {
        ref var entry = ref _candidates[_nextCandidate++ % _candidates.Length];
        entry.Candidate = candidate;
        entry.Ineligible = Eligibility.Check(candidate.Target.Target, wish.Needs);
        entry.HasFailedJob = FallbackOrder.IsTried(candidate.Endpoint, tried);
        entry.HasCredit = candidate.Endpoint.Has(wish.Spend, wish.Now);
        entry.Availability = ((EndpointHealth)candidate.Measures).Availability(wish.Now);
        entry.IsPicked = isPicked;
        entry.IsRated = isRated && entry is { HasCredit: true, HasFailedJob: false, Ineligible: IneligibleReason.None };
        entry.InFlight = candidate.InFlight;
        entry.Limit = candidate.ConcurrencyLimit;
        entry.Share = candidate.Measures.Share;
        entry.Terms = candidate.Terms;
    }

    // Best of two rates two only: the others would show what an earlier pick made of them.
    private static bool Rate(IRoutingPolicy policy, in PickContext context, ReadOnlySpan<Candidate> among)
    {
        if (policy is LatencyPolicy latency)
        {
            latency.Score(context, among[..Math.Min(among.Length, MostCandidates)]);
        }

        return policy is IScoringPolicy;
    }
}
