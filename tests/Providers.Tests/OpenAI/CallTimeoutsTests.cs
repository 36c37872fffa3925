using System.IO.Pipelines;
using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using InferenceBroker.Providers.Tests.Calls;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>Limits of the test calls: first token 60 s, idle 30 s, total 600 s.</summary>
public sealed class CallTimeoutsTests
{
    private static readonly byte[] Chunk = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");

    private readonly FakeTimeProvider _time = new();
    private readonly CollectingSink _sink = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(true, 60, "acme sent nothing within 60 s.")]
    [InlineData(false, 600, "acme did not finish within 600 s.")]
    public async Task No_answer_is_a_timeout(bool streaming, int seconds, string message)
    {
        using var transport = Hanging();
        var sent = Send(transport, streaming, _sink);
        await _asked.Task;

        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        sent.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await sent).Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, message));
    }

    [Fact]
    public async Task Silence_between_chunks_is_a_timeout()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sent = Send(transport, true, _sink);
        await pipe.Writer.WriteAsync(Chunk);
        await _sink.First;

        _time.Advance(TimeSpan.FromSeconds(31));

        var answer = await sent;
        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, "acme sent no further chunk for 30 s."));
        answer.HasOutput.ShouldBeTrue();
        answer.Body.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_slow_reader_is_not_the_providers_silence()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sink = new WaitingSink();
        var sent = Send(transport, true, sink);
        await pipe.Writer.WriteAsync(Chunk);
        await sink.Taken;

        _time.Advance(TimeSpan.FromSeconds(120));
        sink.Release();
        await pipe.Writer.WriteAsync("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8.ToArray());

        (await sent).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_that_never_ends_is_stopped_at_the_total()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sink = new WaitingSink();
        var sent = Send(transport, true, sink);
        await pipe.Writer.WriteAsync(Chunk);
        await sink.Taken;

        _time.Advance(TimeSpan.FromSeconds(601));
        sink.Release();

        (await sent).Failure!.Message.ShouldBe("acme did not finish within 600 s.");
    }

    [Fact]
    public async Task A_handler_that_gives_up_connecting_is_a_timeout()
    {
        using var transport = new FakeTransport((_, _) => throw new TaskCanceledException("connect"));

        var answer = await Send(transport, false, _sink);

        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, "acme accepted no connection within 10 s."));
    }

    [Fact]
    public async Task A_connect_limit_that_passed_is_a_timeout_and_no_reason_to_connect_once_more()
    {
        var passed = new HttpRequestException(HttpRequestError.ConnectionError, "connect", new TimeoutRejectedException());
        using var transport = new FakeTransport((_, _) => throw passed);

        var answer = await Send(transport, false, _sink);

        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, "acme accepted no connection within 10 s."));
        transport.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Headers_without_a_chunk_do_not_end_the_first_token_limit()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sent = Send(transport, true, _sink);
        await pipe.Writer.WriteAsync(": still thinking\n\n"u8.ToArray());

        _time.Advance(TimeSpan.FromSeconds(60));

        var answer = await sent;
        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, "acme sent nothing within 60 s."));
        answer.StatusCode.ShouldBe(200);
    }

    [Fact]
    public async Task Each_chunk_starts_the_idle_limit_anew()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sent = Send(transport, true, _sink);
        for (var chunk = 0; chunk < 5; chunk++)
        {
            await pipe.Writer.WriteAsync(Chunk);
            _time.Advance(TimeSpan.FromSeconds(29));
        }

        sent.IsCompleted.ShouldBeFalse();
        await pipe.Writer.WriteAsync("data: [DONE]\n\n"u8.ToArray());

        (await sent).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Total_ends_a_stream_that_keeps_coming_and_what_came_is_kept()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline));
        using var transport = Piped(pipe);
        var sent = Send(transport, true, _sink);
        for (var chunk = 0; chunk < 24; chunk++)
        {
            await pipe.Writer.WriteAsync(Chunk);
            _time.Advance(TimeSpan.FromSeconds(25));
        }

        var answer = await sent;
        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Timeout, "acme did not finish within 600 s."));
        answer.HasOutput.ShouldBeTrue();
        answer.Body.ShouldNotBeNull();
    }

    [Fact]
    public async Task Callers_cancel_throws()
    {
        using var transport = Hanging();
        using var cancel = new CancellationTokenSource();
        var sent = Send(transport, true, _sink, cancel.Token);
        await _asked.Task;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sent);
    }

    /// <summary>
    /// Returns when the call waits for the provider. Without a synchronisation context, and with pipes that run their reader inline, a write returns when
    /// the call waits again: no test has to guess.
    /// </summary>
    private Task<ProviderAnswer> Send(FakeTransport transport, bool streaming, IChunkSink sink, CancellationToken token = default)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var call = TestCalls.Chat(TestCalls.Connection("http://h/v1"), "m", streaming: streaming);
        return new OpenAiCaller(transport, _time).SendAsync(call, sink, token);
    }

    private FakeTransport Hanging() =>
        new(
            async (_, token) =>
            {
                _asked.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
                throw new InvalidOperationException();
            }
        );

    private static FakeTransport Piped(Pipe pipe) => new((_, _) => Task.FromResult(FakeTransport.Stream(pipe.Reader.AsStream())));
}
