using InferenceBroker.Domain.Failures;
using InferenceBroker.Scenarios.Simulation;

namespace InferenceBroker.Scenarios.Baselines;

/// <summary>
/// What a client library does about rate limits: a token bucket for each key, filled at the limit, from which each call takes its prompt and
/// the longest answer that it may get; a call that is turned away waits for as long as the provider says.
/// </summary>
internal sealed class BucketDispatcher(EventQueue events, SimulatedProvider provider) : IDispatcher
{
    private const int LongestAnswer = 4000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    private readonly Dictionary<string, Bucket> _buckets = provider.Limits.ToDictionary(
        limit => limit.Key,
        limit => new Bucket(limit.Value.TokensPerMinute, events.Now)
    );

    private readonly Queue<SimulatedJob> _queue = [];
    private readonly WorkerPool _pool = new(provider, events);
    private bool _polls;

    public void Submit(SimulatedJob job)
    {
        _queue.Enqueue(job);
        if (!_polls)
        {
            _polls = true;
            Look();
        }
    }

    private void Look()
    {
        foreach (var (key, bucket) in _buckets)
        {
            while (_queue.TryPeek(out var job) && bucket.TryTake(job.InputTokens + (job.MaxTokens ?? LongestAnswer), events.Now))
            {
                _queue.Dequeue();
                _pool.Run(job, key, answer => End(job, answer));
            }
        }

        events.After(Poll, Look);
    }

    private void End(SimulatedJob job, Answer answer)
    {
        if (answer.Failure == FailureClass.RateLimited)
        {
            events.After(answer.RetryAfter ?? TimeSpan.Zero, () => _queue.Enqueue(job));
            return;
        }

        job.EndedAt = events.Now;
    }

    private sealed class Bucket(double perMinute, DateTimeOffset start)
    {
        private double _taken;
        private DateTimeOffset _at = start;

        public bool TryTake(double amount, DateTimeOffset now)
        {
            _taken = Math.Max(0, _taken - (perMinute * (now - _at).TotalMinutes));
            _at = now;
            if (_taken + amount > perMinute)
            {
                return false;
            }

            _taken += amount;
            return true;
        }
    }
}
