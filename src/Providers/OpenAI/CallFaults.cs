using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;
using Polly.Timeout;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>What the exceptions of a call say about its provider.</summary>
internal static class CallFaults
{
    /// <summary>What sending and reading throw by themselves, and what a limit makes of it. Anything else is a bug and goes up.</summary>
    public static bool AreOf(Exception exception) =>
        exception is OperationCanceledException or HttpRequestException or IOException or InvalidDataException or TimeoutRejectedException;

    /// <param name="limit">The limit that held where the exception comes from.</param>
    public static ProviderFailure Explain(ProviderCall call, Exception exception, CallLimit limit)
    {
        var provider = call.Connection.Name;
        return exception switch
        {
            TimeoutRejectedException => Timeout(call, limit),
            // Cancelled, but not by our token: the handler gave up connecting.
            OperationCanceledException or HttpRequestException { InnerException: TimeoutRejectedException } => Timeout(
                call,
                CallLimit.Connect
            ),
            InvalidDataException => ProviderFailures.Transient(provider, "sent an answer that is too large"),
            _ => ProviderFailures.FromException(provider, exception),
        };
    }

    private static ProviderFailure Timeout(ProviderCall call, CallLimit limit)
    {
        var timeouts = call.Timeouts;
        var what = limit switch
        {
            CallLimit.Connect => $"accepted no connection within {Seconds(timeouts.Connect)}",
            CallLimit.FirstToken => $"sent nothing within {Seconds(timeouts.FirstToken)}",
            CallLimit.Idle => $"sent no further chunk for {Seconds(timeouts.Idle)}",
            _ => $"did not finish within {Seconds(timeouts.Total)}",
        };
        return new ProviderFailure(FailureClass.Timeout, $"{call.Connection.Name} {what}.");
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
}
