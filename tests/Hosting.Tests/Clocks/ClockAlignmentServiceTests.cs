using InferenceBroker.Hosting.Clocks;
using InferenceBroker.Persistence.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Clocks;

public sealed class ClockAlignmentServiceTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _local = new(Start);
    private readonly FakeDatabaseTime _database = new();
    private readonly DatabaseAlignedTimeProvider _clock;
    private readonly ClockAlignmentService _service;

    public ClockAlignmentServiceTests()
    {
        _clock = new DatabaseAlignedTimeProvider(_local);
        _service = new ClockAlignmentService(_clock, _database, NullLogger<ClockAlignmentService>.Instance);
    }

    [Fact]
    public async Task StartingAsync_AlignsBeforeTheRolesStart()
    {
        _database.Now = Start.AddDays(1);

        await _service.StartingAsync(CancellationToken.None);

        _clock.GetUtcNow().ShouldBe(Start.AddDays(1));
    }

    [Fact]
    public async Task RunOnceAsync_DatabaseAway_LetsTheClockRunOn()
    {
        _database.Now = Start.AddDays(1);
        await _service.StartingAsync(CancellationToken.None);
        _database.Now = null;
        _local.Advance(TimeSpan.FromSeconds(9));

        (await _service.RunOnceAsync(CancellationToken.None)).ShouldBeFalse();
        _clock.GetUtcNow().ShouldBe(Start.AddDays(1).AddSeconds(9));
    }

    [Fact]
    public async Task RunOnceAsync_SilentDatabase_GivesUp()
    {
        _database.Silent = true;
        var run = _service.RunOnceAsync(CancellationToken.None);
        _local.Advance(TimeSpan.FromSeconds(5));

        (await run).ShouldBeFalse();
    }

    [Fact]
    public async Task The_clock_is_aligned_again_each_minute()
    {
        _database.Now = Start;
        await _service.StartAsync(CancellationToken.None);
        var asked = _database.NextQuestion();

        // The loop makes its timer on a thread of its own, so a first minute may pass before there is one.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!asked.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            _local.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await _service.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _service.Dispose();

    private sealed class FakeDatabaseTime : IDatabaseTime
    {
        private TaskCompletionSource? _asked;

        public DateTimeOffset? Now { get; set; }

        public bool Silent { get; set; }

        public Task NextQuestion() => (_asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
        {
            _asked?.TrySetResult();
            if (Silent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return Now ?? throw new InvalidOperationException("away");
        }
    }
}
