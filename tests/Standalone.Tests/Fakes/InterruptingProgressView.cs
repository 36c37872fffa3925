using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Progress;

namespace InferenceBroker.Standalone.Tests.Fakes;

/// <summary>Presses Ctrl-C as soon as the work is under way.</summary>
internal sealed class InterruptingProgressView(CancellationTokenSource stop, Action? before = null) : IProgressView
{
    public Task ShowAsync(Task work, Func<RunSnapshot> figures)
    {
        before?.Invoke();
        return stop.CancelAsync();
    }
}
