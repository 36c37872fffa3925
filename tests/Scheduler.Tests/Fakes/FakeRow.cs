using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>A job's row.</summary>
internal sealed class FakeRow(QueuedJob job)
{
    public QueuedJob Job { get; set; } = job;

    public JobState State { get; set; } = JobState.Queued;

    public long Fence { get; set; } = job.Fence;

    public string? Endpoint { get; set; }

    public DateTimeOffset DispatchedAt { get; set; }

    public QueuedJob AsQueued() => Job with { Fence = Fence };
}
