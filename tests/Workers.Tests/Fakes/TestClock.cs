using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Workers.Tests.Fakes;

/// <summary>A clock that stands still and says when somebody begins to wait, so that a test advances it neither too early nor too far.</summary>
internal sealed class TestClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The waits of up to 10 s that began; longer ones are limits, which should not be reached.</summary>
    public Signals<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Note(dueTime);
        return new NotingTimer(timer, this);
    }

    /// <summary>Sits through every pause of the task until it ends.</summary>
    public async Task PassPausesAsync(Task task)
    {
        for (var i = 1; await Task.WhenAny(task, Pauses.ReachAsync(i)) != task; i++)
        {
            Advance(Pauses.All[i - 1]);
        }

        await task;
    }

    private void Note(TimeSpan dueTime)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= LongestPause)
        {
            Pauses.Add(dueTime);
        }
    }

    private sealed class NotingTimer(ITimer timer, TestClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.Note(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
