using InferenceBroker.Domain.Failures;
using InferenceBroker.Scenarios.Simulation;

namespace InferenceBroker.Scenarios.Traces;

/// <summary>When a provider fails, and how.</summary>
internal sealed class OutageTrace(IEnumerable<Outage> outages)
{
    // No connection within the limit that workers have for it.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Outage[] _outages = [.. outages.OrderBy(outage => outage.Start)];
    private int _next;

    public static OutageTrace None { get; } = new([]);

    public IReadOnlyList<Outage> All => _outages;

    /// <summary>How a call fails that begins now; null: it does not. Asked in the order of time.</summary>
    public Answer? FailureOf(DateTimeOffset now, Random random)
    {
        while (_next < _outages.Length && _outages[_next].End <= now)
        {
            _next++;
        }

        if (_next == _outages.Length || _outages[_next].Start > now || random.NextDouble() >= _outages[_next].ErrorShare)
        {
            return null;
        }

        if (_outages[_next].Hangs)
        {
            return new Answer(FailureClass.Timeout, ConnectTimeout, ConnectTimeout);
        }

        var took = TimeSpan.FromMilliseconds(50 + (250 * random.NextDouble()));
        return new Answer(FailureClass.Transient, took, took);
    }

    /// <summary>When it is dead next, by what <see cref="FailureOf"/> has seen.</summary>
    public DateTimeOffset NextStart(DateTimeOffset now)
    {
        for (var i = _next; i < _outages.Length; i++)
        {
            if (_outages[i].Start > now && _outages[i].ErrorShare >= 1)
            {
                return _outages[i].Start;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    /// <summary>Outages of 1 to 20 minutes, 1 in 4 of them silent, that make up a share of the time exactly; and bursts of errors.</summary>
    public static OutageTrace Random(DateTimeOffset start, TimeSpan length, double downShare, int bursts, Random random)
    {
        var outages = new List<Outage>();
        var left = length * downShare;
        while (left > TimeSpan.Zero)
        {
            var lasts = TimeSpan.FromMinutes(1 + (19 * random.NextDouble()));
            lasts = left - lasts < TimeSpan.FromMinutes(1) ? left : lasts;
            if (lasts <= TimeSpan.FromMinutes(20.5) && TryPlace(outages, start, length, lasts, random) is { } at)
            {
                outages.Add(new Outage(at, at + lasts, Hangs: random.NextDouble() < 0.25));
                left -= lasts;
            }
        }

        for (var i = 0; i < bursts; i++)
        {
            var lasts = TimeSpan.FromSeconds(5 + (25 * random.NextDouble()));
            if (TryPlace(outages, start, length, lasts, random) is { } at)
            {
                outages.Add(new Outage(at, at + lasts, ErrorShare: 0.2 + (0.6 * random.NextDouble())));
            }
        }

        return new OutageTrace(outages);
    }

    private static DateTimeOffset? TryPlace(List<Outage> outages, DateTimeOffset start, TimeSpan length, TimeSpan lasts, Random random)
    {
        var at = start + ((length - lasts) * random.NextDouble());
        return outages.Exists(other => at <= other.End && other.Start <= at + lasts) ? null : at;
    }
}
