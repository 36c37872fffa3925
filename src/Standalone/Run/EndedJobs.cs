using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// Picks up the results that earlier starts of the same run left in the database: an answer that the output lacks is written, a failed line
/// gets a new round.
/// </summary>
internal sealed class EndedJobs(
    IJobStore store,
    RunOwner owner,
    string runId,
    LineIndex index,
    OutstandingJobs outstanding,
    ResultWriter results,
    RunFigures figures
)
{
    private const int PageSize = 250;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        JobId? after = null;
        while (true)
        {
            var page = await store.ReadEndedOfBatchAsync(owner.TenantId, runId, after, PageSize, cancellationToken);
            foreach (var details in page)
            {
                Settle(details);
            }

            results.Flush();
            if (page.Count < PageSize)
            {
                return;
            }

            after = page[^1].Job.Id;
        }
    }

    private void Settle(JobDetails details)
    {
        var key = LineJobId.KeyOf(details.Job);
        if (outstanding.Contains(details.Job.Id) || index.Find(key) is not { } line)
        {
            return;
        }

        var isAnswer = details is { Job.State: JobState.Completed, Result: not null };
        if (isAnswer && line.Status == LineStatus.Pending)
        {
            results.WriteEnded(line.Number, details);
            index.SetStatus(key, LineStatus.Answered);
            return;
        }

        if (isAnswer)
        {
            figures.AddEarlierAnswer(details);
            return;
        }

        figures.AddEarlierFailure(details.Job);
        index.PassRound(key, LineJobId.Parse(details.Job.Id).Round);
    }
}
