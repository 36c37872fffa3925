using System.Reflection;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Tests.Fakes;

/// <summary>The two methods of the store that a worker uses directly.</summary>
public class FakeJobStore : DispatchProxy
{
    internal Signals<(JobId Id, long Fence)> HandedBack { get; private set; } = new();

    internal bool Accepts { get; set; } = true;

    internal IJobStore Store => (IJobStore)(object)this;

    internal static FakeJobStore New() => (FakeJobStore)(object)Create<IJobStore, FakeJobStore>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case nameof(IJobStore.HandBackAsync):
                HandedBack.Add(((JobId)args![0]!, (long)args[1]!));
                return Task.FromResult(Accepts);
            case nameof(IJobStore.ReadQueuedByIdAsync):
                var ids = (IReadOnlyList<JobId>)args![0]!;
                return Task.FromResult<IReadOnlyList<QueuedJob>>([.. ids.Select(QueuedOf)]);
            default:
                throw new NotSupportedException(targetMethod?.Name);
        }
    }

    private static QueuedJob QueuedOf(JobId id) =>
        new()
        {
            Id = id,
            TenantId = 7,
            Lane = Lane.Standard,
            Model = "gpt",
            Fence = 99,
            Route = "chosen",
            Needs = 3,
            Affinity = -5,
            ApiKeyId = 8,
            Priority = 6,
            BatchHash = 11,
            MaxCostNanoUsd = 12,
            CostNanoUsd = 13,
        };
}
