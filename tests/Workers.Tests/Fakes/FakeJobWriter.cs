using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeJobWriter : IJobWriter
{
    public Signals<AttemptStart> Starts { get; } = new();

    public Signals<ChunkAppend> Appends { get; } = new();

    public Signals<AttemptEnd> Ends { get; } = new();

    public Func<AttemptStart, Task<StartedJob?>> OnStart { get; set; } = s => Task.FromResult<StartedJob?>(Bench.Started(s));

    public Func<ChunkAppend, Task<bool>> OnAppend { get; set; } = _ => Task.FromResult(true);

    public Func<AttemptEnd, Task<FinishOutcome>> OnFinish { get; set; } = _ => Task.FromResult(FinishOutcome.Applied);

    public Task<StartedJob?> StartAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        Starts.Add(start);
        return OnStart(start);
    }

    public Task<bool> AppendAsync(ChunkAppend append, CancellationToken cancellationToken)
    {
        Appends.Add(append);
        return OnAppend(append);
    }

    public Task<FinishOutcome> FinishAsync(AttemptEnd end, CancellationToken cancellationToken)
    {
        Ends.Add(end);
        return OnFinish(end).WaitAsync(cancellationToken);
    }

    public Task InsertAsync(NewJob job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
