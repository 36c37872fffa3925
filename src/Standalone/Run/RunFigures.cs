using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Standalone.Run;

/// <summary>The counts of a run while it goes on. Thread safe; written by one collector, read by the progress view.</summary>
internal sealed class RunFigures
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _rerouted = [];
    private long _inputTokens;
    private long _outputTokens;
    private long _costNanoUsd;
    private int _answered;
    private int _failed;

    /// <summary>Valid lines of the input.</summary>
    public int Total { get; set; }

    public int Invalid { get; set; }

    /// <summary>Answers that the output held when the run started.</summary>
    public int AnsweredBefore { get; set; }

    public void AddAnswered(JobDetails details)
    {
        lock (_lock)
        {
            _answered++;
            AddSpendingNeedsLock(details.Job);
            AddRerouteNeedsLock(details.Attempts);
        }
    }

    public void AddFailed(StoredJob job)
    {
        lock (_lock)
        {
            _failed++;
            AddSpendingNeedsLock(job);
        }
    }

    /// <summary>An answer that the output holds already (see <see cref="AnsweredBefore"/>): what it took.</summary>
    public void AddEarlierAnswer(JobDetails details)
    {
        lock (_lock)
        {
            AddSpendingNeedsLock(details.Job);
            AddRerouteNeedsLock(details.Attempts);
        }
    }

    /// <summary>A failure of an earlier start, whose line is tried again: what it took.</summary>
    public void AddEarlierFailure(StoredJob job)
    {
        lock (_lock)
        {
            AddSpendingNeedsLock(job);
        }
    }

    public RunSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new RunSnapshot
            {
                Total = Total,
                Invalid = Invalid,
                AnsweredBefore = AnsweredBefore,
                Answered = AnsweredBefore + _answered,
                Failed = _failed,
                InputTokens = _inputTokens,
                OutputTokens = _outputTokens,
                CostNanoUsd = _costNanoUsd,
                ReroutedTo = new Dictionary<string, int>(_rerouted),
            };
        }
    }

    private void AddSpendingNeedsLock(StoredJob job)
    {
        _inputTokens += job.Usage?.InputTokens ?? 0;
        _outputTokens += job.Usage?.OutputTokens ?? 0;
        _costNanoUsd += job.CostNanoUsd;
    }

    private void AddRerouteNeedsLock(IReadOnlyList<StoredAttempt> attempts)
    {
        if (attempts.Count < 2)
        {
            return;
        }

        var last = EndpointId.Parse(attempts[^1].Endpoint).Provider;
        if (attempts.Any(a => EndpointId.Parse(a.Endpoint).Provider != last))
        {
            _rerouted[last] = _rerouted.GetValueOrDefault(last) + 1;
        }
    }
}
