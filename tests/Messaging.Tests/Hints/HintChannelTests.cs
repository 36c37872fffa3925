using System.Diagnostics.Metrics;
using InferenceBroker.Messaging.Hints;
using InferenceBroker.Messaging.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.Hints;

public sealed class HintChannelTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly List<int[]> _sent = [];
    private readonly MessagingOptions _options = new() { HintCapacity = 256, HintBatch = 100 };

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task RunOnceAsync_sends_what_waits_as_one_message_up_to_the_limit()
    {
        var channel = Channel(Record);
        for (var item = 0; item < 150; item++)
            channel.Post(item);

        (await channel.RunOnceAsync(default)).ShouldBe(100);
        (await channel.RunOnceAsync(default)).ShouldBe(50);

        _sent.SelectMany(items => items).ShouldBe(Enumerable.Range(0, 150));
    }

    [Fact]
    public async Task RunOnceAsync_ends_a_message_before_it_gets_too_large_but_sends_a_large_item_alone()
    {
        var channel = Channel(Record, maxSize: 10);
        foreach (var size in (int[])[4, 5, 3, 40, 2])
            channel.Post(size);
        channel.Complete();

        while (await channel.RunOnceAsync(default) > 0) { }

        _sent.ShouldBe([
            [4, 5],
            [3],
            [40],
            [2],
        ]);
    }

    [Fact]
    public async Task Post_drops_and_counts_the_oldest_when_full()
    {
        using var dropped = Dropped();
        var channel = Channel(Record);

        for (var item = 0; item < 260; item++)
            channel.Post(item);
        await channel.RunOnceAsync(default);

        dropped.Sum.ShouldBe(4);
        _sent[0][0].ShouldBe(4);
    }

    [Fact]
    public async Task A_send_that_hangs_is_given_up_after_the_limit_and_the_next_goes_out()
    {
        using var dropped = Dropped();
        var hang = true;
        var channel = Channel((items, token) => hang ? new TaskCompletionSource().Task : Record(items, token));
        channel.Post(1);
        var sending = channel.RunOnceAsync(default);

        _time.Advance(TimeSpan.FromSeconds(5));
        await sending.WaitAsync(TimeSpan.FromSeconds(10));
        hang = false;
        channel.Post(2);
        await channel.RunOnceAsync(default);

        dropped.Sum.ShouldBe(1);
        _sent.ShouldBe([
            [2],
        ]);
    }

    [Fact]
    public async Task A_send_that_fails_costs_only_its_own_hints()
    {
        using var dropped = Dropped();
        var channel = Channel((items, token) => items[0] == 1 ? throw new InvalidOperationException() : Record(items, token));
        channel.Post(1);
        await channel.RunOnceAsync(default);
        channel.Post(2);

        await channel.RunOnceAsync(default);

        dropped.Sum.ShouldBe(1);
        _sent.ShouldBe([
            [2],
        ]);
    }

    private Task Record(List<int> items, CancellationToken cancellationToken)
    {
        _sent.Add([.. items]);
        return Task.CompletedTask;
    }

    private MetricReader Dropped() => new(_services.GetRequiredService<IMeterFactory>(), "broker.hints.dropped", "destination", "test");

    private HintChannel<int> Channel(Func<List<int>, CancellationToken, Task> send, int maxSize = int.MaxValue) =>
        new(
            "test",
            send,
            _options,
            new MessagingMetrics(_services.GetRequiredService<IMeterFactory>()),
            _time,
            NullLogger.Instance,
            maxSize,
            size => size
        );
}
