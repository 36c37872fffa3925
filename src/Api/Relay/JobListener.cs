using InferenceBroker.Contracts.Relay;

namespace InferenceBroker.Api.Relay;

/// <summary>
/// One reader's ear on one job. Frames wait in a bounded buffer: a reader that is slow loses them and reads the database by its cursor, so it
/// slows nobody but itself. Several threads may give, one may take and wait.
/// </summary>
internal sealed class JobListener : IDisposable
{
    private const int MaxFrames = 256;
    private const int MaxCharacters = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly JobListeners _owner;
    private readonly ITimer _timer;
    private List<ChunkFrame> _frames = [];
    private int _characters;
    private bool _mustRead;
    private TaskCompletionSource<bool>? _waiting;

    public JobListener(JobListeners owner, Guid jobId, ListenFor what, TimeProvider time)
    {
        _owner = owner;
        JobId = jobId;
        What = what;
        _timer = time.CreateTimer(
            static state => ((JobListener)state!).TimeIsUp(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    public Guid JobId { get; }

    public ListenFor What { get; }

    /// <summary>Chunks that are stored already.</summary>
    public void Give(ChunkFrame frame)
    {
        if (What == ListenFor.End)
        {
            return;
        }

        lock (_gate)
        {
            if (!_mustRead)
            {
                Buffer(frame);
            }

            _waiting?.TrySetResult(true);
        }
    }

    /// <summary>The log has grown by something that only the database tells.</summary>
    public void MustRead()
    {
        lock (_gate)
        {
            _mustRead = true;
            _waiting?.TrySetResult(true);
        }
    }

    /// <summary>What has come since the last call.</summary>
    public (IReadOnlyList<ChunkFrame> Frames, bool MustRead) Take()
    {
        lock (_gate)
        {
            IReadOnlyList<ChunkFrame> frames = _frames;
            if (_frames.Count > 0)
            {
                _frames = [];
                _characters = 0;
            }

            var mustRead = _mustRead;
            _mustRead = false;
            return (frames, mustRead);
        }
    }

    /// <summary>True once there is something to take, false when the time is up.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiting;
        lock (_gate)
        {
            if (_mustRead || _frames.Count > 0)
            {
                return true;
            }

            _waiting = waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _timer.Change(limit, Timeout.InfiniteTimeSpan);
        await using var stop = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token),
            waiting
        );
        return await waiting.Task;
    }

    public void Dispose()
    {
        _owner.Remove(this);
        _timer.Dispose();
    }

    private void Buffer(ChunkFrame frame)
    {
        _frames.Add(frame);
        foreach (var chunk in frame.Chunks)
        {
            _characters += chunk.Length;
        }

        if (_frames.Count > MaxFrames || _characters > MaxCharacters)
        {
            _frames = [];
            _characters = 0;
            _mustRead = true;
        }
    }

    private void TimeIsUp()
    {
        lock (_gate)
        {
            _waiting?.TrySetResult(false);
        }
    }
}
