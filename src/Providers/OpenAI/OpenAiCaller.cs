using System.Text.Json;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Makes calls in OpenAI's dialect over any transport. Thread safe.</summary>
internal sealed class OpenAiCaller(IProviderTransport transport, TimeProvider time)
{
    public async Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = PreparedConnection.Of(call.Connection);
        if (!TryPrepare(call, connection, out var body, out var refusal))
        {
            return new ProviderAnswer { Failure = refusal };
        }

        using var clock = new CallClock(call, time, cancellationToken);
        HttpResponseMessage response;
        try
        {
            response = await RequestAsync(call, connection, body!, clock.Token);
        }
        catch (Exception exception) when (IsConnectionTrouble(exception))
        {
            return new ProviderAnswer { Failure = clock.Explain(exception) };
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return await ReadErrorAsync(call, response, clock);
            }

            return call.Streaming && call.Operation != Operation.Embeddings
                ? await new AnswerStream(call, clock, sink, cancellationToken).ReadAsync(response)
                : await ReadPlainAsync(call, response, clock);
        }
    }

    /// <summary>What sending and reading throw by themselves. Anything else is a bug and goes up.</summary>
    public static bool IsConnectionTrouble(Exception exception) =>
        exception is OperationCanceledException or HttpRequestException or IOException or InvalidDataException;

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
            var asks = call.Streaming && call.Operation != Operation.Embeddings && connection.AsksForUsage;
            body = RequestSplicer.Splice(call.Body, call.Model, asks);
            return true;
        }
        catch (JsonException)
        {
            refusal = new ProviderFailure(FailureClass.CallerFault, "The request body is no JSON object.");
            return false;
        }
    }

    private ValueTask<HttpResponseMessage> RequestAsync(
        ProviderCall call,
        PreparedConnection connection,
        SplicedBody body,
        CancellationToken token
    ) =>
        ConnectRetry.Pipeline.ExecuteAsync(
            static async (state, token) =>
            {
                using var request = state.connection.CreateRequest(state.call, state.body);
                return await state.invoker.SendAsync(request, token);
            },
            (call, connection, body, invoker: transport.For(call)),
            token
        );

    private async Task<ProviderAnswer> ReadErrorAsync(ProviderCall call, HttpResponseMessage response, CallClock clock)
    {
        var status = (int)response.StatusCode;
        byte[] body;
        try
        {
            body = await BodyReader.ReadAsync(response.Content, BodyReader.LongestError, cut: true, clock.Token);
        }
        catch (Exception exception) when (IsConnectionTrouble(exception))
        {
            _ = clock.Explain(exception); // throws for the caller; for the rest the status says enough
            body = [];
        }

        return new ProviderAnswer
        {
            Failure = ProviderFailures.FromAnswer(call.Connection.Name, status, response.Headers, body, time.GetUtcNow()),
            StatusCode = status,
        };
    }

    private static async Task<ProviderAnswer> ReadPlainAsync(ProviderCall call, HttpResponseMessage response, CallClock clock)
    {
        var status = (int)response.StatusCode;
        var firstToken = clock.Elapsed;
        byte[] body;
        try
        {
            body = await BodyReader.ReadAsync(response.Content, BodyReader.LongestAnswer, cut: false, clock.Token);
        }
        catch (Exception exception) when (IsConnectionTrouble(exception))
        {
            return new ProviderAnswer { Failure = clock.Explain(exception), StatusCode = status };
        }

        var isJson = AnswerReader.TryRead(body, out var facts);
        return new ProviderAnswer
        {
            Failure = isJson ? JudgePlain(call.Connection.Name, body, facts) : Malformed(call),
            StatusCode = status,
            Body = isJson ? body : null,
            Usage = facts.Usage,
            TimeToFirstToken = firstToken,
            HasOutput = facts.HasContent,
        };
    }

    private static ProviderFailure? JudgePlain(string provider, byte[] body, in AnswerFacts facts)
    {
        if (facts.HasError && !facts.HasAnyItem)
        {
            return ProviderFailures.FromErrorInAnswer(provider, body);
        }

        if (!facts.HasAnyItem)
        {
            return ProviderFailures.Transient(provider, "sent a malformed body: it holds no answer");
        }

        return facts.FailedReason is { } reason ? ProviderFailures.Transient(provider, $"gave up with the finish reason '{reason}'") : null;
    }

    private static ProviderFailure Malformed(ProviderCall call) =>
        ProviderFailures.Transient(call.Connection.Name, "sent a malformed body: it is no JSON object");
}
