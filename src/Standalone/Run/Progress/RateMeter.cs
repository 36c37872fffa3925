namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>Lines per second over the last ten seconds. Not thread safe.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long At, int Done)> _samples = new();

    public double PerSecond { get; private set; }

    public void Add(int done)
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, done));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
        {
            _samples.Dequeue();
        }

        var (firstAt, firstDone) = _samples.Peek();
        var seconds = time.GetElapsedTime(firstAt, now).TotalSeconds;
        PerSecond = seconds > 0 ? (done - firstDone) / seconds : 0;
    }
}
