using System.Runtime.InteropServices;

namespace InferenceBroker.Standalone.CommandLine;

/// <summary>Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once (nothing is lost by that either).</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Action<string> _say;
    private int _count;

    private Interruption(Action<string> say) => _say = say;

    public CancellationToken Token => _source.Token;

    public static Interruption Listen(Action<string> say)
    {
        var interruption = new Interruption(say);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            interruption._signals.Add(PosixSignalRegistration.Create(signal, interruption.OnSignal));
        }

        return interruption;
    }

    public void Dispose()
    {
        _signals.ForEach(s => s.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Environment.Exit(ExitCodes.Interrupted);
        }

        _say("Stopping: calls under way are finished or handed back. Once more Ctrl-C stops at once.");
        _source.Cancel();
    }
}
