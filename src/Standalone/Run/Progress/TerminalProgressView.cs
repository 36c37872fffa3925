using Spectre.Console;

namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>For people at a terminal: a bar that is drawn over.</summary>
internal sealed class TerminalProgressView(IAnsiConsole console, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    public async Task ShowAsync(Task work, Func<RunSnapshot> figures)
    {
        var meter = new RateMeter(time);
        var text = "";
        await console
            .Progress()
            .AutoClear(false)
            .Columns(
                new SpinnerColumn(),
                new ProgressBarColumn { Width = 30 },
                new PercentageColumn(),
                new FiguresColumn(() => Volatile.Read(ref text))
            )
            .StartAsync(async context =>
            {
                var bar = context.AddTask("lines", maxValue: Math.Max(figures().Total, 1));
                using var tick = new PeriodicTimer(DrawEvery, time);
                do
                {
                    await Task.WhenAny(work, tick.WaitForNextTickAsync().AsTask());
                    var now = figures();
                    meter.Add(now.Done);
                    Volatile.Write(ref text, ProgressText.Line(now, meter.PerSecond));
                    bar.Value = now.Total == 0 ? 1 : now.Done;
                } while (!work.IsCompleted);
            });
    }
}
