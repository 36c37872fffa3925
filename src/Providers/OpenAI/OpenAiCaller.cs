using System.Text.Json;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using Polly;
using Polly.Timeout;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Makes calls in OpenAI's dialect over any transport. Thread safe.</summary>
internal sealed class OpenAiCaller(IProviderTransport transport, TimeProvider time)
{
    private readonly CallLimits _limits = new(time);

    public async Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = PreparedConnection.Of(call.Connection);
        if (!TryPrepare(call, connection, out var body, out var refusal))
        {
            return new ProviderAnswer { Failure = refusal };
        }

        using var exchange = new CallExchange(
            call,
            () => connection.CreateRequest(call, body!),
            transport.For(call),
            _limits,
            sink,
            time,
            cancellationToken
        );
        var context = CallLimits.ContextOf(call, cancellationToken);
        try
        {
            return await _limits.Total.ExecuteAsync(static (context, exchange) => exchange.RunAsync(context), context, exchange);
        }
        catch (TimeoutRejectedException exception)
        {
            return exchange.Failed(CallFaults.Explain(call, exception, CallLimit.Total));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool TryPrepare(ProviderCall call, PreparedConnection connection, out SplicedBody? body, out ProviderFailure? refusal)
    {
        (body, refusal) = (null, null);
        if (!Operations.Supported.Contains(call.Operation))
        {
            refusal = new ProviderFailure(FailureClass.CallerFault, $"{call.Operation.Path()} cannot be sent to {call.Connection.Name}.");
            return false;
        }

        if (!connection.Knows(call.Key))
        {
            refusal = new ProviderFailure(FailureClass.Credential, $"{call.Connection.Name} has no key named '{call.Key}'.");
            return false;
        }

        try
        {
            var asks = CallLimits.IsStream(call) && connection.AsksForUsage;
            body = RequestSplicer.Splice(call.Body, call.Model, asks);
            return true;
        }
        catch (JsonException)
        {
            refusal = new ProviderFailure(FailureClass.CallerFault, "The request body is no JSON object.");
            return false;
        }
    }
}
