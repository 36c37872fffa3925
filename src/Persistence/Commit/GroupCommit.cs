using System.Threading.Channels;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Commit;

/// <summary>
/// Makes one statement of the rows of many callers. The rules:
/// 1. One loop takes what is waiting, at most so many rows, and commits it; meanwhile the next group gathers. A lone row is committed at once;
///    only after a large group does the loop pause a moment, since a statement of many rows costs each of them a fraction.
/// 2. A job is in a group at most once; a second row of the same job waits for the next group, so rows of one job keep their order.
/// 3. While the database is away the group is tried again, each row for as long as its caller has patience. The commit is told that it is a repetition,
///    since the one before may have reached the disk although its answer was lost.
/// 4. Any other error is somebody's bad row: the group is committed row by row, and each caller gets his own result.
/// 5. A caller who cancels is let go at once. His row is dropped if it has not been taken yet; otherwise it may be committed.
/// Thread safe.
/// </summary>
internal sealed class GroupCommit<TRow, TResult> : IAsyncDisposable
{
    private readonly Channel<CommitRequest<TRow, TResult>> _waiting = Channel.CreateUnbounded<CommitRequest<TRow, TResult>>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly CancellationTokenSource _stopping = new();
    private readonly CommitRows<TRow, TResult> _commit;
    private readonly Func<TRow, JobId> _idOf;
    private readonly GroupRetry<TRow, TResult> _retry;
    private readonly GroupCommitOptions _options;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    // Rows that had to wait because a row of the same job was in the group; first in the next one.
    private List<CommitRequest<TRow, TResult>> _heldBack = [];

    public GroupCommit(
        CommitRows<TRow, TResult> commit,
        Func<TRow, JobId> idOf,
        ITransientFaults faults,
        GroupCommitOptions options,
        TimeProvider time
    )
    {
        _commit = commit;
        _idOf = idOf;
        _options = options;
        _time = time;
        _retry = new GroupRetry<TRow, TResult>(commit, faults, options, time);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Completes after the commit.</summary>
    public async Task<TResult> CommitAsync(TRow row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new CommitRequest<TRow, TResult>(row, _idOf(row), _time.GetTimestamp());
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(request), this);
        if (!cancellationToken.CanBeCanceled)
        {
            return await request.Task;
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((CommitRequest<TRow, TResult>)state!).TrySetCanceled(token),
            request
        );
        return await request.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete())
        {
            return;
        }

        await Task.WhenAny(_loop, Task.Delay(_options.DrainTimeout, _time, CancellationToken.None));
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (_heldBack.Count > 0 || await _waiting.Reader.WaitToReadAsync())
        {
            var group = TakeGroup();
            if (group.Count > 0)
            {
                await CommitGroupAsync(group);
            }

            if (group.Count >= _options.LargeGroup)
            {
                // The system's own clock: this paces the machine and says nothing about jobs.
                await Task.Delay(_options.BusyPause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private List<CommitRequest<TRow, TResult>> TakeGroup()
    {
        var group = new List<CommitRequest<TRow, TResult>>();
        var ids = new HashSet<JobId>();
        var held = _heldBack;
        _heldBack = [];
        foreach (var request in held)
        {
            Place(request, group, ids);
        }

        while (group.Count < _options.MaxRows && _waiting.Reader.TryRead(out var request))
        {
            Place(request, group, ids);
        }

        return group;
    }

    private void Place(CommitRequest<TRow, TResult> request, List<CommitRequest<TRow, TResult>> group, HashSet<JobId> ids)
    {
        if (request.Task.IsCompleted)
        {
            return;
        }

        if (group.Count < _options.MaxRows && ids.Add(request.Id))
        {
            group.Add(request);
        }
        else
        {
            _heldBack.Add(request);
        }
    }

    private async Task CommitGroupAsync(List<CommitRequest<TRow, TResult>> group)
    {
        try
        {
            var results = await _commit([.. group.Select(request => request.Row)], repeated: false, _stopping.Token);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].TrySetResult(results[i]);
            }
        }
        catch (Exception exception)
        {
            await _retry.RunAsync(group, exception, _stopping.Token);
        }
    }
}
