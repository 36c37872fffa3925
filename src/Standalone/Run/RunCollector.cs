using System.Threading.Channels;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Standalone.Run;

/// <summary>
/// Writes the result of every outstanding job once it has ended. Hints (<see cref="JobsChanged.Ended"/>) say when to look, a sweep over the
/// outstanding jobs finds what no hint told.
/// </summary>
internal sealed class RunCollector(IJobStore store, OutstandingJobs outstanding, ResultWriter results, TimeProvider time)
    : IMessageHandler<JobsChanged>
{
    private const int PageSize = 500;

    /// <summary>A sweep looks at this many jobs each time and goes on from there the next time.</summary>
    private const int SweepSize = 2000;

    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    private readonly Channel<JobId> _ended = Channel.CreateUnbounded<JobId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Queue<JobId> _toSweep = new();

    public Task HandleAsync(JobsChanged message, CancellationToken cancellationToken)
    {
        foreach (var id in message.Ended)
        {
            if (outstanding.Contains(new JobId(id)))
            {
                _ended.Writer.TryWrite(new JobId(id));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Until every line is submitted and every job has ended.</summary>
    public async Task RunAsync(Task submitting, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(SweepEvery, time);
        var nextTick = tick.WaitForNextTickAsync(cancellationToken).AsTask();
        var nextHint = _ended.Reader.WaitToReadAsync(cancellationToken).AsTask();
        Task pending = submitting;
        while (!submitting.IsCompleted || outstanding.Count > 0)
        {
            await Task.WhenAny(nextHint, nextTick, pending);
            if (pending.IsCompleted)
            {
                await submitting;
                pending = Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            if (nextHint.IsCompleted)
            {
                await nextHint;
                await CollectHintedAsync(cancellationToken);
                nextHint = _ended.Reader.WaitToReadAsync(cancellationToken).AsTask();
            }

            if (nextTick.IsCompleted)
            {
                await nextTick;
                await SweepOnceAsync(SweepSize, cancellationToken);
                nextTick = tick.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
    }

    /// <summary>Looks at outstanding jobs without a hint; returns how many had ended.</summary>
    public async Task<int> SweepOnceAsync(int limit, CancellationToken cancellationToken)
    {
        if (_toSweep.Count == 0)
        {
            foreach (var id in outstanding.Ids())
            {
                _toSweep.Enqueue(id);
            }
        }

        var ended = 0;
        var page = new List<JobId>(PageSize);
        for (var looked = 0; looked < limit && _toSweep.TryDequeue(out var id); looked++)
        {
            if (outstanding.Contains(id))
            {
                page.Add(id);
            }

            if (page.Count == PageSize)
            {
                ended += await CollectAsync(page, cancellationToken);
                page.Clear();
            }
        }

        return ended + await CollectAsync(page, cancellationToken);
    }

    private async Task CollectHintedAsync(CancellationToken cancellationToken)
    {
        var page = new HashSet<JobId>();
        while (page.Count < PageSize && _ended.Reader.TryRead(out var id))
        {
            if (outstanding.Contains(id))
            {
                page.Add(id);
            }
        }

        await CollectAsync([.. page], cancellationToken);
    }

    private async Task<int> CollectAsync(List<JobId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return 0;
        }

        var ended = 0;
        foreach (var details in await store.FindManyAsync(ids, cancellationToken))
        {
            if (details.Job.State.IsTerminal() && outstanding.TryRemove(details.Job.Id, out var line))
            {
                results.WriteEnded(line, details);
                ended++;
            }
        }

        results.Flush();
        return ended;
    }
}
