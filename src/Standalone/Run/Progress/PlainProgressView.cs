namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>For logs and pipes: a line every 2 seconds or 5 percent, whichever comes first, and one at the end.</summary>
internal sealed class PlainProgressView(TextWriter output, TimeProvider time) : IProgressView
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(2);

    public async Task ShowAsync(Task work, Func<RunSnapshot> figures)
    {
        var meter = new RateMeter(time);
        meter.Add(figures().Done);
        var written = (At: time.GetTimestamp(), figures().Done);
        using var tick = new PeriodicTimer(LookEvery, time);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, tick.WaitForNextTickAsync().AsTask());
            var now = figures();
            meter.Add(now.Done);
            var isDue = time.GetElapsedTime(written.At) >= WriteEvery || (now.Done - written.Done) * 20L >= Math.Max(now.Total, 1);
            if (isDue || work.IsCompleted)
            {
                await output.WriteLineAsync(ProgressText.Line(now, meter.PerSecond));
                written = (time.GetTimestamp(), now.Done);
            }
        }
    }
}
