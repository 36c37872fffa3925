using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Runs the time limits of one call on one timer, and tells a limit from the caller's cancellation.</summary>
internal sealed class CallClock : IDisposable
{
    private readonly ProviderCall _call;
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly long _started;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private CallLimit _limit;

    public CallClock(ProviderCall call, TimeProvider time, CancellationToken caller)
    {
        _call = call;
        _time = time;
        _caller = caller;
        _started = time.GetTimestamp();
        var timeouts = call.Timeouts;
        _limit = call.Streaming && timeouts.FirstToken < timeouts.Total ? CallLimit.FirstToken : CallLimit.Total;
        _source = new CancellationTokenSource(_limit == CallLimit.FirstToken ? timeouts.FirstToken : timeouts.Total, time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled by the caller or by the limit that runs.</summary>
    public CancellationToken Token => _source.Token;

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>A chunk has come; the next one has the idle limit, from now.</summary>
    public void WaitForChunk() => Run(CallLimit.Idle, _call.Timeouts.Idle);

    /// <summary>The reader of the stream is busy; that is not the provider's silence.</summary>
    public void WaitForReader() => Run(CallLimit.Total, _call.Timeouts.Total);

    /// <summary>What an exception of the connection means. Throws where the caller cancelled.</summary>
    public ProviderFailure Explain(Exception exception)
    {
        _caller.ThrowIfCancellationRequested();
        var provider = _call.Connection.Name;
        if (_source.IsCancellationRequested)
        {
            return new ProviderFailure(FailureClass.Timeout, $"{provider} {Describe()}.");
        }

        return exception switch
        {
            // Not our token: the handler gave up connecting.
            OperationCanceledException => new ProviderFailure(
                FailureClass.Timeout,
                $"{provider} accepted no connection within {Seconds(_call.Timeouts.Connect)}."
            ),
            InvalidDataException => ProviderFailures.Transient(provider, "sent an answer that is too large"),
            _ => ProviderFailures.FromException(provider, exception),
        };
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Cancel(); // whatever still runs for the call, as a hanging provider in this process, ends with it
        _source.Dispose();
    }

    private void Run(CallLimit limit, TimeSpan time)
    {
        var left = _call.Timeouts.Total - Elapsed;
        (_limit, var wait) = time < left ? (limit, time) : (CallLimit.Total, left);
        _source.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    private string Describe() =>
        _limit switch
        {
            CallLimit.FirstToken => $"sent nothing within {Seconds(_call.Timeouts.FirstToken)}",
            CallLimit.Idle => $"sent no further chunk for {Seconds(_call.Timeouts.Idle)}",
            _ => $"did not finish within {Seconds(_call.Timeouts.Total)}",
        };

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
}
