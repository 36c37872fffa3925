using BenchmarkDotNet.Attributes;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Micro;

/// <summary>A reservation of all limits of an endpoint and its tenant, and its settlement; 50 calls are under way meanwhile.</summary>
[InProcess]
[MemoryDiagnoser]
public class BudgetCycle
{
    private const int UnderWay = 50;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly Spend Estimate = new(1000, 600);
    private static readonly Spend Usage = new(1000, 250);
    private static readonly BudgetLimits Limits = new() { RequestsPerMinute = 1_000_000, TokensPerMinute = 1_000_000_000 };

    private readonly Queue<Reservation> _reservations = new();
    private readonly Account _account = new(new Budget(BudgetScope.Tenant, "the tenant"), ApiKey: null);
    private readonly EndpointCredit _endpoint = new(
        new EndpointId("p", "k", "m"),
        new ProviderCredit("p", window: 1000),
        new KeyCredit("k")
    );

    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [GlobalSetup]
    public void Fill()
    {
        var settings = new BudgetSettings(DispatchAhead: 64, BurstFactor: 1);
        _endpoint.Key.Budget.Apply(Limits, settings, _now);
        _account.Tenant!.Apply(Limits, settings with { RateWindow = RateWindow.Bucket }, _now);
        for (var i = 0; i < UnderWay; i++)
        {
            Reserve();
        }
    }

    [Benchmark]
    public void ReserveAndSettle()
    {
        _now += Step;
        Reserve();
        var ended = _reservations.Dequeue();
        ended.Settle(Usage, ended.TakenAt, _now);
    }

    private void Reserve() =>
        _reservations.Enqueue(
            Reservation.TryTake(_endpoint, _account, Estimate, _now) ?? throw new InvalidOperationException("The limits are too low.")
        );
}
