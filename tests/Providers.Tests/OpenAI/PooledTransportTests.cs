using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using InferenceBroker.Providers.Simulated;
using InferenceBroker.Providers.Tests.Calls;
using InferenceBroker.Testing.Processes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>The product's own connections to a real server with TLS.</summary>
public sealed class PooledTransportTests
{
    private const string Prompt = "Why is the sky blue?";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Server_with_http2_is_called_over_http2_plain_and_streamed()
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2);
        using var transport = new PooledTransport(TimeProvider.System, server.Roots);

        await AnswersPlainAndStreamedAsync(server, transport);

        server.Protocols.ShouldBe(["HTTP/2", "HTTP/2"]);
    }

    [Fact]
    public async Task Many_calls_at_once_share_one_http2_connection()
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2);
        using var transport = new PooledTransport(TimeProvider.System, server.Roots);
        await SendAsync(server, transport, streaming: false);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => SendAsync(server, transport, streaming: n % 2 == 0)));

        answers.ShouldAllBe(answer => answer.Failure == null);
        server.Protocols.Count().ShouldBe(61);
        server.Connections.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Server_without_http2_is_called_over_http1()
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1);
        using var transport = new PooledTransport(TimeProvider.System, server.Roots);

        await AnswersPlainAndStreamedAsync(server, transport);

        server.Protocols.ShouldBe(["HTTP/1.1", "HTTP/1.1"]);
    }

    [Fact]
    public async Task Server_with_a_certificate_of_an_unknown_authority_is_not_called()
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2);
        using var transport = new PooledTransport(TimeProvider.System);

        var answer = await SendAsync(server, transport, streaming: false);

        answer.Failure.ShouldNotBeNull().Class.ShouldBe(FailureClass.Transient);
        server.Protocols.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stream_that_is_given_up_while_a_chunk_is_handed_on_is_closed_within_a_second()
    {
        await using var server = await SimulatedServer.StartAsync(new SimulatedOptions());
        using var transport = new PooledTransport(TimeProvider.System);
        using var cancelled = new CancellationTokenSource();
        var call = TestCalls.Chat(TestCalls.Connection($"{server.BaseUrl}"), "sim-fast-rate-1-tokens-60", streaming: true);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new OpenAiCaller(transport, TimeProvider.System).SendAsync(call, new CancellingSink(cancelled), cancelled.Token)
        );

        await Eventually.TrueAsync(
            () => Task.FromResult(server.Provider.Stats.Total.InFlight == 0),
            TimeSpan.FromSeconds(1),
            () => "the provider still writes its stream"
        );
    }

    private static async Task AnswersPlainAndStreamedAsync(TlsServer server, PooledTransport transport)
    {
        var sink = new CollectingSink();
        var plain = await SendAsync(server, transport, streaming: false);
        var streamed = await SendAsync(server, transport, streaming: true, sink);

        foreach (var answer in new[] { plain, streamed })
        {
            answer.Failure.ShouldBeNull();
            Encoding.UTF8.GetString(answer.Body!).ShouldContain(Prompt);
        }

        sink.Chunks.Count.ShouldBeGreaterThan(1);
    }

    private static Task<ProviderAnswer> SendAsync(TlsServer server, PooledTransport transport, bool streaming, CollectingSink? sink = null)
    {
        var call = TestCalls.Chat(TestCalls.Connection(server.BaseUrl), "sim-echo", Prompt, streaming);
        return new OpenAiCaller(transport, TimeProvider.System).SendAsync(call, sink ?? new CollectingSink(), default).WaitAsync(Limit);
    }
}
