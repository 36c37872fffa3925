using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Execution;

namespace InferenceBroker.Workers.Streaming;

/// <summary>
/// Stores the chunks of one stream in order and has them relayed. Rules:
/// (1) nothing is stored before the hold-back ends;
/// (2) the first append goes out at once, a later one 20 ms after the start of the one before or as soon as 4 kB wait, whichever comes first;
/// so a stream slower than that never waits;
/// (3) one append at a time: what comes meanwhile goes with the next;
/// (4) a chunk is relayed only after its commit;
/// (5) an append that the fence refuses ends the call, and nothing more is stored.
/// </summary>
internal sealed class ChunkWriter(Attempt attempt, ChunkStore store, TimeProvider time) : IChunkSink
{
    public const int FullAt = 4 * 1024;

    /// <summary>The provider is read no faster than the database stores, once this much waits.</summary>
    public const int MostWaiting = 1024 * 1024;

    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly HoldBack _holdBack = new();
    private List<string> _waiting = [];
    private int _waitingCharacters;
    private bool _released;
    private bool _completing;
    private bool _broken;
    private bool _pumping;
    private Task _pump = Task.CompletedTask;
    private TaskCompletionSource? _pause;
    private ITimer? _timer;
    private long? _lastAppend;

    /// <summary>The sequence number of the last stored chunk, or of <c>attempt.started</c>.</summary>
    public int LastSequence => store.LastSequence;

    public bool HasStored => store.LastSequence > attempt.Started.LastSequence;

    public ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_broken)
            {
                return ValueTask.CompletedTask;
            }

            _waiting.Add(chunk);
            _waitingCharacters += chunk.Length;
            if (!_released && !_holdBack.IsOverWith(chunk))
            {
                _timer ??= time.CreateTimer(static w => ((ChunkWriter)w!).OnTimer(), this, HoldBack.Longest, Timeout.InfiniteTimeSpan);
                return ValueTask.CompletedTask;
            }

            _released = true;
            PumpNeedsLock();
            if (_waitingCharacters >= FullAt)
            {
                EndPauseNeedsLock();
            }

            return _waitingCharacters < MostWaiting ? ValueTask.CompletedTask : new ValueTask(_pump.WaitAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Call once, after the last chunk: stores what still waits. What was held back is stored too where the attempt succeeded, else forgotten.
    /// </summary>
    public async Task CompleteAsync(bool keepHeldBack)
    {
        Task pump;
        lock (_lock)
        {
            _completing = true;
            _released |= keepHeldBack;
            if (!_released)
            {
                _waiting = [];
            }

            PumpNeedsLock();
            EndPauseNeedsLock();
            pump = _pump;
        }

        await pump;
        _timer?.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_completing)
            {
                return;
            }

            // While nothing is released the timer measures the hold-back, afterwards the pause between two appends.
            if (!_released)
            {
                _released = true;
                PumpNeedsLock();
                return;
            }

            EndPauseNeedsLock();
        }
    }

    private void PumpNeedsLock()
    {
        if (!_pumping && !_broken && _waiting.Count > 0)
        {
            _pumping = true;
            _pump = PumpAsync();
        }
    }

    private void EndPauseNeedsLock()
    {
        _pause?.TrySetResult();
        _pause = null;
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            await PauseAsync();
            var chunks = Take();
            if (chunks is null)
            {
                return;
            }

            var refused = await store.StoreAsync(chunks);
            if (refused != StopReason.None)
            {
                Break(refused);
            }
        }
    }

    private Task PauseAsync()
    {
        lock (_lock)
        {
            if (_lastAppend is not { } last || _completing || _waiting.Count == 0 || _waitingCharacters >= FullAt)
            {
                return Task.CompletedTask;
            }

            var left = Interval - time.GetElapsedTime(last);
            if (left <= TimeSpan.Zero)
            {
                return Task.CompletedTask;
            }

            _pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _timer ??= time.CreateTimer(static w => ((ChunkWriter)w!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return _pause.Task;
        }
    }

    /// <summary>Null: nothing waits, and the pump has ended.</summary>
    private List<string>? Take()
    {
        lock (_lock)
        {
            if (_broken || _waiting.Count == 0)
            {
                _pumping = false;
                return null;
            }

            var chunks = _waiting;
            _waiting = [];
            _waitingCharacters = 0;
            _lastAppend = time.GetTimestamp();
            return chunks;
        }
    }

    private void Break(StopReason reason)
    {
        lock (_lock)
        {
            _broken = true;
            _waiting = [];
            _waitingCharacters = 0;
        }

        attempt.Stop(reason);
    }
}
