using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Leadership;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Sessions that only lead.</summary>
internal sealed class FakeSessions : ILeaderSessionFactory
{
    public List<LeaderTerm> Terms { get; } = [];

    public int Leading { get; private set; }

    /// <summary>Ends the running session with an exception.</summary>
    public TaskCompletionSource Fault { get; private set; } = new();

    public ILeaderSession Create(LeaderTerm term)
    {
        Terms.Add(term);
        Fault = new TaskCompletionSource();
        return new Session(this);
    }

    private sealed class Session(FakeSessions sessions) : ILeaderSession
    {
        public async Task RunAsync(CancellationToken cancellationToken)
        {
            sessions.Leading++;
            try
            {
                await sessions.Fault.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                sessions.Leading--;
            }
        }
    }
}
