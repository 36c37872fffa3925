using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Jobs;

/// <summary>A job's row as the stores keep it: the table of the saga behind the check of the fence.</summary>
internal sealed class SagaRow
{
    public JobState State { get; private set; } = JobState.Queued;

    /// <summary>Every dispatch and every requeue adds 1.</summary>
    public long Fence { get; private set; }

    public int Ends { get; private set; }

    /// <summary>Fences whose reservation was settled, in order.</summary>
    public List<long> Settled { get; } = [];

    public List<long> Dispatched { get; } = [];

    public List<Transition> Refused { get; } = [];

    public void Apply(JobEvent happened, long fence)
    {
        if (SagaEvents.IsOfAttempt(happened) && fence != Fence)
        {
            return;
        }

        var answer = JobSaga.Decide(State, happened);
        if (answer.Kind == TransitionKind.Refused)
        {
            Refused.Add(answer);
        }

        if (!answer.Moved)
        {
            return;
        }

        foreach (var command in answer.Commands)
        {
            Obey(command, happened);
        }

        Ends += answer.Next.IsTerminal() ? 1 : 0;
        State = answer.Next;
    }

    private void Obey(JobCommand command, JobEvent happened)
    {
        switch (command)
        {
            case JobCommand.ExecuteJob when happened is JobEvent.JobDispatched:
                Fence++;
                Dispatched.Add(Fence);
                break;
            case JobCommand.Settle:
                Settled.Add(Fence);
                break;
            case JobCommand.Requeue:
                Fence++;
                break;
        }
    }
}
