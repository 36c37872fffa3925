using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Budgets;

/// <summary>
/// Jobs without end for one key, in virtual time: reserved by calibrated estimate, started after a wait in the queue and a network's delay,
/// settled with what was used.
/// </summary>
internal sealed class RateLimitSimulation
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(7);
    private readonly PriorityQueue<Action, DateTimeOffset> _events = new();
    private readonly OutputCalibration _calibration = new();
    private readonly CreditBook _book;
    private (int Input, int Output) _next;

    public RateLimitSimulation(BudgetSettings settings, int requestsPerMinute, int tokensPerMinute)
    {
        Provider = new StrictProvider(requestsPerMinute, tokensPerMinute);
        _book = new CreditBook(settings);
        var key = new ProviderKey("default", requestsPerMinute, tokensPerMinute, null, 1);
        var catalog = new Dictionary<string, ProviderDefinition> { ["p"] = new("p", "simulated", 5000, [key]) };
        _book.Apply(new Catalog(catalog, [], new JobLimits()), Start);
        Endpoint = _book.Endpoint("p/default/m");
        _next = NextJob();
    }

    public StrictProvider Provider { get; }

    public EndpointCredit Endpoint { get; }

    /// <summary>Tokens of the longest answer.</summary>
    public int LongestAnswer { get; init; } = 4000;

    /// <summary>Runs for so long; the broker looks every 25 ms. Returns the share of the allowed tokens that was used.</summary>
    public double Run(TimeSpan time)
    {
        var end = Start + time;
        for (var now = Start; now < end; now = now.AddMilliseconds(25))
        {
            while (_events.TryPeek(out _, out var at) && at <= now)
            {
                _events.Dequeue()();
            }

            while (TryDispatch(now)) { }
        }

        return Provider.Used / (Endpoint.Key.Tokens!.PerMinute * time.TotalMinutes);
    }

    private bool TryDispatch(DateTimeOffset now)
    {
        var (input, output) = _next;
        var spend = new Spend(input, _calibration.Reserve(LongestAnswer));
        if (Reservation.TryTake(Endpoint, default, spend, now) is not { } reservation)
        {
            return false;
        }

        _next = NextJob();
        var started = now.AddMilliseconds(_random.Next(5, 500));
        var arrived = started.AddMilliseconds(_random.Next(10, 150));
        var ended = arrived.AddMilliseconds(300 + (output * 10));
        _events.Enqueue(() => Provider.Call(input + output, arrived), arrived);
        _events.Enqueue(
            () =>
            {
                _calibration.Add(output);
                reservation.Settle(new Spend(input, output), started, ended);
            },
            ended
        );
        return true;
    }

    // Answers are log-normal: 300 tokens in the middle, many times as much now and then.
    private (int Input, int Output) NextJob()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (_random.Next(50, 1000), Math.Clamp((int)(300 * Math.Exp(0.7 * normal)), 1, LongestAnswer));
    }
}
