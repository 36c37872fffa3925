using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Persistence.Tests.Commit;

/// <summary>A fake clock that tells when somebody begins to wait, so that a test moves it neither too early nor too often.</summary>
#pragma warning disable CA1001 // Its base class cannot be disposed of, and the semaphore holds no handle.
internal sealed class TimerSignal : FakeTimeProvider
{
    private readonly SemaphoreSlim _timers = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Release();
        return timer;
    }

    /// <summary>Completes when the next timer has been set.</summary>
    public async Task TimerSetAsync() =>
        _ = await _timers.WaitAsync(TimeSpan.FromSeconds(30)) ? true : throw new TimeoutException("Nobody set a timer.");
}
