using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Liveness;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeWorkerRegistry : IWorkerRegistry
{
    public Signals<DateTimeOffset> Beats { get; } = new();

    public Signals<Guid> Removed { get; } = new();

    public Func<Task<IReadOnlyList<JobId>>> OnBeat { get; set; } = () => Task.FromResult<IReadOnlyList<JobId>>([]);

    public Task<IReadOnlyList<JobId>> BeatAsync(Guid workerId, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Beats.Add(now);
        return OnBeat();
    }

    public Task RemoveAsync(Guid workerId, CancellationToken cancellationToken)
    {
        Removed.Add(workerId);
        return Task.CompletedTask;
    }
}
