using System.Runtime.CompilerServices;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// The jobs of earlier starts that are still under way. One whose line stands in the input is waited for; one whose line is gone or was
/// edited is cancelled, so that nobody pays for it.
/// </summary>
internal sealed class UnfinishedJobs(IJobStore store, RunOwner owner, string runId, TimeProvider time)
{
    private const int PageSize = 100;
    private static readonly JobState[] States = [JobState.Queued, JobState.Dispatched, JobState.Running];

    public async Task AdoptAsync(LineIndex index, OutstandingJobs outstanding, CancellationToken cancellationToken)
    {
        await foreach (var job in ReadAsync(cancellationToken))
        {
            var key = LineJobId.KeyOf(job);
            if (index.Find(key) is { Status: LineStatus.Pending } line)
            {
                index.SetStatus(key, LineStatus.Submitted);
                outstanding.Adopt(job.Id, line.Number);
            }
            else
            {
                await CancelAsync(job, cancellationToken);
            }
        }
    }

    public async Task CancelAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var job in ReadAsync(cancellationToken))
        {
            await CancelAsync(job, cancellationToken);
        }
    }

    private Task<CancelOutcome> CancelAsync(StoredJob job, CancellationToken cancellationToken) =>
        store.CancelAsync(owner.TenantId, job.Id, time.GetUtcNow(), cancellationToken);

    private async IAsyncEnumerable<StoredJob> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobId? after = null;
        IReadOnlyList<StoredJob> page;
        do
        {
            var filter = new JobFilter(owner.TenantId, States, null, runId, new Dictionary<string, string>(), after, PageSize);
            page = await store.ListAsync(filter, cancellationToken);
            foreach (var job in page)
            {
                yield return job;
                after = job.Id;
            }
        } while (page.Count == PageSize);
    }
}
