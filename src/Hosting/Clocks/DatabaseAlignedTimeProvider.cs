namespace InferenceBroker.Hosting.Clocks;

/// <summary>
/// The database's clock, so that processes on several machines agree on deadlines and leases. Rules:
/// 1. Between two alignments time comes from the monotonic timestamp, so that steps of the local clock do not matter.
/// 2. It never runs backwards: after an alignment to an earlier time it stands still until that time has caught up.
/// 3. Before the first alignment it is the local clock.
/// Timers run on the local monotonic clock. Thread safe.
/// </summary>
internal sealed class DatabaseAlignedTimeProvider(TimeProvider local) : TimeProvider
{
    private volatile Anchor? _anchor;
    private long _latestTicks;

    public override long TimestampFrequency => local.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => local.LocalTimeZone;

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = Estimate().UtcTicks;
        var latest = Volatile.Read(ref _latestTicks);
        while (ticks > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latestTicks, ticks, latest);
            if (seen == latest)
            {
                return new DateTimeOffset(ticks, TimeSpan.Zero);
            }

            latest = seen;
        }

        return new DateTimeOffset(latest, TimeSpan.Zero);
    }

    /// <summary>Asks the database for its time, which is taken to be that of the middle of the round trip.</summary>
    /// <returns>By how much this clock was behind (or, negative, ahead).</returns>
    public async Task<TimeSpan> AlignAsync(Func<CancellationToken, Task<DateTimeOffset>> askDatabase, CancellationToken cancellationToken)
    {
        var before = local.GetTimestamp();
        var databaseTime = await askDatabase(cancellationToken);
        var after = local.GetTimestamp();
        var middle = before + ((after - before) / 2);
        var offset = databaseTime + local.GetElapsedTime(middle, after) - Estimate();
        _anchor = new Anchor(databaseTime, middle);
        return offset;
    }

    private DateTimeOffset Estimate() => _anchor is { } anchor ? anchor.Time + local.GetElapsedTime(anchor.Timestamp) : local.GetUtcNow();

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}
