using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>What workers do: call, conclude by the product's retry rules, report.</summary>
internal sealed class Attempts(
    EventQueue events,
    ICatalogSource catalog,
    IEnumerable<SimulatedProvider> providers,
    Random random,
    Action<SimulatedJob, AttemptEnded> report
)
{
    private static readonly TimeSpan ReportTime = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<string, WorkerPool> _pools = providers.ToDictionary(p => p.Name, p => new WorkerPool(p, events));

    public void Begin(SimulatedJob job, EndpointId endpoint, long fence) =>
        _pools[endpoint.Provider].Run(job, endpoint.Key, answer => End(job, endpoint, fence, answer));

    private void End(SimulatedJob job, EndpointId endpoint, long fence, Answer answer)
    {
        job.Fence = fence;
        job.Endpoint = endpoint.ToString();
        DateTimeOffset? notBefore = null;
        var isRetried = answer.Failure != FailureClass.None && TryRequeue(job, answer, out notBefore);
        var ended = new AttemptEnded
        {
            JobId = job.Id,
            Fence = fence,
            Endpoint = job.Endpoint,
            Failure = (short)answer.Failure,
            InputTokens = answer.Failure == FailureClass.None ? job.InputTokens : null,
            OutputTokens = answer.Failure == FailureClass.None ? job.OutputTokens : null,
            TimeToFirstTokenMs = answer.Failure == FailureClass.None ? (int)answer.FirstToken.TotalMilliseconds : null,
            DurationMs = (int)answer.Duration.TotalMilliseconds,
            RetryAfterMs = (int?)answer.RetryAfter?.TotalMilliseconds,
            Requeued = isRetried ? Hints.Submitted(job, notBefore) : null,
        };
        events.After(ReportTime, () => report(job, ended));
    }

    private bool TryRequeue(SimulatedJob job, Answer answer, out DateTimeOffset? notBefore)
    {
        var failed = new FailedAttempt
        {
            Failure = answer.Failure,
            SpentBefore = job.AttemptsSpent,
            Replay = ReplayPolicy.Always,
            Deadline = job.Deadline,
            RetryAfter = answer.RetryAfter,
            FailedHereBefore = job.Tried.Contains(job.Endpoint),
            HasOtherEndpoints = HasOther(job),
        };
        var decision = RetryDecision.Of(failed, catalog.Current.Limits, events.Now, random.NextDouble());
        notBefore = decision.NotBefore;
        job.AttemptsSpent += decision.CostsAttempt ? 1 : 0;
        if (decision.Verdict != RetryVerdict.Retry)
        {
            return false;
        }

        job.Fence++;
        if (decision.AddToTried && !job.Tried.Contains(job.Endpoint))
        {
            job.Tried.Add(job.Endpoint);
        }

        return true;
    }

    private bool HasOther(SimulatedJob job)
    {
        var current = catalog.Current;
        var route = current.FindRoute(job.Route ?? job.Model)!;
        return route
            .Targets.SelectMany(target =>
                current.Providers[target.Provider].Keys.Select(key => $"{target.Provider}/{key.Name}/{target.Model}")
            )
            .Any(name => name != job.Endpoint && !job.Tried.Contains(name));
    }
}
