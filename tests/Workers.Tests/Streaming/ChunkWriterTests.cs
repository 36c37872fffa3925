using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Execution;
using InferenceBroker.Workers.Streaming;
using InferenceBroker.Workers.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Streaming;

public sealed class ChunkWriterTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly Attempt _attempt;
    private readonly ChunkWriter _writer;

    public ChunkWriterTests()
    {
        _attempt = new Attempt("acme", Bench.Order(), _bench.Catalogs.Current)
        {
            Started = Bench.Started(new(new JobId(Bench.Order().JobId), 5, Guid.Empty, Bench.Now, Bench.Now), streaming: true),
            Deadline = Bench.Now + TimeSpan.FromSeconds(600),
        };
        var store = new ChunkStore(_attempt, _bench.Writer, _bench.Retry, _bench.Hints, NullLogger.Instance, CancellationToken.None);
        _writer = new ChunkWriter(_attempt, store, _bench.Time);
    }

    public void Dispose() => _attempt.Dispose();

    [Fact]
    public async Task The_first_content_is_stored_at_once_with_what_was_held_before_it()
    {
        await WriteAsync(Chunks.Role);
        _bench.Writer.Appends.All.ShouldBeEmpty();

        await WriteAsync(Chunks.Text("Hi"));

        var append = _bench.Writer.Appends.All.Single();
        append.FirstSequence.ShouldBe(3);
        append.Fence.ShouldBe(5);
        append.Chunks.ShouldBe([Chunks.Role, Chunks.Text("Hi")]);
        _writer.LastSequence.ShouldBe(4);
    }

    [Fact]
    public async Task Chunks_within_20_ms_go_out_together()
    {
        await WriteAsync(Chunks.Text("a"));
        await WriteAsync(Chunks.Text("b"));
        await WriteAsync(Chunks.Text("c"));
        _bench.Writer.Appends.All.Count.ShouldBe(1);

        _bench.Time.Advance(ChunkWriter.Interval);
        await _bench.Hints.Frames.ReachAsync(2);

        _bench.Writer.Appends.All[1].FirstSequence.ShouldBe(4);
        _bench.Writer.Appends.All[1].Chunks.ShouldBe([Chunks.Text("b"), Chunks.Text("c")]);
    }

    [Fact]
    public async Task A_stream_slower_than_that_never_waits()
    {
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync(Chunks.Text("a"));
            _bench.Writer.Appends.All.Count.ShouldBe(i + 1);
            _bench.Time.Advance(ChunkWriter.Interval);
        }
    }

    [Fact]
    public async Task Four_kB_go_out_before_the_20_ms_are_over()
    {
        await WriteAsync(Chunks.Text("a"));
        await WriteAsync(Chunks.Text("b"));
        await WriteAsync(Chunks.Text(new string('c', ChunkWriter.FullAt)));

        await _bench.Hints.Frames.ReachAsync(2);
        _bench.Writer.Appends.All[1].Chunks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_one_append_is_under_way_the_next_one_gathers()
    {
        var commit = new TaskCompletionSource<bool>();
        _bench.Writer.OnAppend = _ => commit.Task;
        await WriteAsync(Chunks.Text("a"));
        await WriteAsync(Chunks.Text("b"));
        _bench.Time.Advance(ChunkWriter.Interval);
        await WriteAsync(Chunks.Text("c"));
        _bench.Writer.Appends.All.Count.ShouldBe(1);

        commit.SetResult(true);
        await _bench.Hints.Frames.ReachAsync(2);

        _bench.Writer.Appends.All[1].Chunks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_chunk_is_relayed_only_after_its_commit()
    {
        var commit = new TaskCompletionSource<bool>();
        _bench.Writer.OnAppend = _ => commit.Task;
        await WriteAsync(Chunks.Text("a"));
        _bench.Hints.Frames.All.ShouldBeEmpty();

        commit.SetResult(true);
        await _bench.Hints.Frames.ReachAsync(1);

        var frame = _bench.Hints.Frames.All.Single();
        frame.FirstSequence.ShouldBe(3);
        frame.Attempt.ShouldBe(1);
        frame.Chunks.ShouldBe([Chunks.Text("a")]);
    }

    [Fact]
    public async Task An_old_fence_stops_the_call_and_nothing_more_is_stored()
    {
        _bench.Writer.OnAppend = _ => Task.FromResult(false);

        await WriteAsync(Chunks.Text("a"));
        await WriteAsync(Chunks.Text("b"));
        await CompleteAsync(keepHeldBack: true);

        _attempt.Reason.ShouldBe(StopReason.Superseded);
        _bench.Writer.Appends.All.Count.ShouldBe(1);
        _bench.Hints.Frames.All.ShouldBeEmpty();
        _writer.LastSequence.ShouldBe(2);
    }

    [Fact]
    public async Task An_append_that_fails_is_repeated()
    {
        var failures = 0;
        _bench.Writer.OnAppend = _ => failures++ < 3 ? Task.FromException<bool>(new TimeoutException()) : Task.FromResult(true);

        await WriteAsync(Chunks.Text("a"));
        await _bench.Time.PassPausesAsync(CompleteAsync(keepHeldBack: true));

        _bench.Writer.Appends.All.Select(a => a.FirstSequence).ShouldBe([3, 3, 3, 3]);
        _bench.Hints.Frames.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Completing_stores_what_waits_without_sitting_through_the_pause()
    {
        await WriteAsync(Chunks.Text("a"));
        await WriteAsync(Chunks.Text("b"));

        await CompleteAsync(keepHeldBack: false);

        _writer.LastSequence.ShouldBe(4);
        _bench.Hints.Frames.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_held_back_is_forgotten_where_the_attempt_failed()
    {
        await WriteAsync(Chunks.Role);

        await CompleteAsync(keepHeldBack: false);

        _bench.Writer.Appends.All.ShouldBeEmpty();
        _writer.HasStored.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_held_back_is_stored_where_the_attempt_succeeded()
    {
        await WriteAsync(Chunks.Role);

        await CompleteAsync(keepHeldBack: true);

        _bench.Writer.Appends.All.Single().Chunks.ShouldBe([Chunks.Role]);
    }

    [Fact]
    public async Task The_hold_back_ends_with_64_chunks()
    {
        for (var i = 0; i < HoldBack.MostChunks; i++)
        {
            _bench.Writer.Appends.All.ShouldBeEmpty();
            await WriteAsync(Chunks.Role);
        }

        _bench.Writer.Appends.All.Single().Chunks.Count.ShouldBe(HoldBack.MostChunks);
    }

    [Fact]
    public async Task The_hold_back_ends_after_5_s()
    {
        await WriteAsync(Chunks.Role);

        _bench.Time.Advance(HoldBack.Longest);

        await _bench.Hints.Frames.ReachAsync(1);
    }

    [Fact]
    public async Task A_provider_that_outruns_the_database_has_to_wait()
    {
        var commit = new TaskCompletionSource<bool>();
        _bench.Writer.OnAppend = _ => commit.Task;
        await WriteAsync(Chunks.Text("a"));

        var write = _writer.OnChunkAsync(Chunks.Text(new string('b', ChunkWriter.MostWaiting)), CancellationToken.None).AsTask();
        write.IsCompleted.ShouldBeFalse();

        commit.SetResult(true);
        await write.WaitAsync(Bench.Patience);
        _bench.Hints.Frames.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_content_leaves_no_trace()
    {
        _bench.StartStreams();
        _bench.Client.Stream(new ProviderAnswer { Failure = new ProviderFailure(FailureClass.Transient, "Cut off.") }, Chunks.Role);

        await _bench.RunAsync().WaitAsync(Bench.Patience);

        _bench.Writer.Appends.All.ShouldBeEmpty();
        _bench.End.LastSequence.ShouldBe(2);
        _bench.End.Next.ShouldBe(JobState.Queued);
    }

    [Fact]
    public async Task A_stream_ends_after_its_last_chunk_is_stored()
    {
        _bench.StartStreams();
        _bench.Client.Stream(Bench.Answer(), Chunks.Role, Chunks.Text("a"), Chunks.Text("b"));

        await _bench.RunAsync().WaitAsync(Bench.Patience);

        _bench.End.LastSequence.ShouldBe(5);
        _bench.Writer.Appends.All.SelectMany(a => a.Chunks).Count().ShouldBe(3);
        // attempt.started is announced for streams.
        _bench.Hints.Changed.All.ShouldBe([Bench.Order().JobId]);
    }

    [Fact]
    public async Task A_stream_whose_fence_is_old_ends_as_superseded()
    {
        _bench.StartStreams();
        _bench.Writer.OnAppend = _ => Task.FromResult(false);
        _bench.Client.OnSend = async (_, sink, token) =>
        {
            await sink.OnChunkAsync(Chunks.Text("a"), token);
            await new TaskCompletionSource().Task.WaitAsync(token);
            return Bench.Answer();
        };

        await _bench.RunAsync().WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Superseded);
        _bench.End.Next.ShouldBe(JobState.Queued);
    }

    private Task WriteAsync(string chunk) => _writer.OnChunkAsync(chunk, CancellationToken.None).AsTask().WaitAsync(Bench.Patience);

    private Task CompleteAsync(bool keepHeldBack) => _writer.CompleteAsync(keepHeldBack).WaitAsync(Bench.Patience);
}
