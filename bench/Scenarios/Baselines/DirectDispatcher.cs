using InferenceBroker.Domain.Failures;
using InferenceBroker.Scenarios.Simulation;

namespace InferenceBroker.Scenarios.Baselines;

/// <summary>
/// A gateway without a queue: every job goes at once to the provider that is chosen for it, waits there for a slot, and after an error is sent
/// again as often as it is told to. It knows nothing of limits, health or load.
/// </summary>
internal sealed class DirectDispatcher(
    EventQueue events,
    IReadOnlyList<SimulatedProvider> providers,
    Func<SimulatedJob, int> choose,
    int retries = 0
) : IDispatcher
{
    private readonly WorkerPool[] _pools = [.. providers.Select(provider => new WorkerPool(provider, events))];

    public void Submit(SimulatedJob job) => Send(job);

    /// <summary>In turn.</summary>
    public static Func<SimulatedJob, int> RoundRobin(int providers)
    {
        var next = -1;
        return _ => ++next % providers;
    }

    private void Send(SimulatedJob job)
    {
        var pool = _pools[choose(job)];
        job.Endpoint = pool.Provider.Name;
        pool.Run(job, "default", answer => End(job, answer));
    }

    private void End(SimulatedJob job, Answer answer)
    {
        if (answer.Failure != FailureClass.None && job.AttemptsSpent++ < retries)
        {
            Send(job);
            return;
        }

        job.EndedAt = events.Now;
        job.HasFailed = answer.Failure != FailureClass.None;
    }
}
