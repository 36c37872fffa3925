using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Why an endpoint cannot take a job now.</summary>
/// <param name="What">For example <c>tokens/min at azure-eu</c>.</param>
/// <param name="Wait">About when it ends. Null: when another call ends, which nobody knows.</param>
internal readonly record struct CreditRefusal(string What, TimeSpan? Wait)
{
    /// <summary>Null: it can.</summary>
    public static CreditRefusal? Of(Candidate candidate, in Account account, in Spend spend, DateTimeOffset now)
    {
        if (OfHealth((EndpointHealth)candidate.Measures, now) is { } ill)
        {
            return ill;
        }

        return Reservation.Refusal(candidate.Endpoint, account, spend, now) is { } refusal
            ? new CreditRefusal(refusal.What, refusal.Until is { } until ? until - now : null)
            : null;
    }

    /// <summary>For example <c>waiting for tokens/min at azure-eu, about 14 s</c>.</summary>
    public string Text(int ahead)
    {
        if (ahead > 0)
        {
            return ahead == 1 ? $"waiting for {What}, after 1 other" : $"waiting for {What}, after {ahead} others";
        }

        return Wait is { } wait
            ? $"waiting for {What}, about {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s"
            : $"waiting for {What}";
    }

    /// <summary>The one that ends sooner; one of unknown length is taken for the longer one.</summary>
    public static CreditRefusal Sooner(CreditRefusal? one, CreditRefusal other) =>
        one is not { } known || (other.Wait is { } wait && (known.Wait is not { } longer || wait < longer)) ? other : known;

    private static CreditRefusal? OfHealth(EndpointHealth health, DateTimeOffset now) =>
        health.Availability(now) switch
        {
            Availability.Available => null,
            Availability.ProbeOnly => new CreditRefusal($"{health.Id}, which is tried by one call first", Wait: null),
            Availability.Open => new CreditRefusal($"{health.Id}, which failed", Positive(health.Breaker.Until - now)),
            Availability.KeyParked => new CreditRefusal(
                $"key {health.Key.Provider}/{health.Key.Name}, which is parked",
                Left(health.Key.Parking, now)
            ),
            Availability.ModelParked => new CreditRefusal($"{health.Id}, which is parked", Left(health.Parking, now)),
            Availability.Draining => new CreditRefusal($"{health.Id}, which is draining", Wait: null),
            _ => new CreditRefusal($"{health.Id}, which is paused", Wait: null),
        };

    private static TimeSpan? Left(ParkingPlace place, DateTimeOffset now) =>
        place.Current?.Until is { } until ? Positive(until - now) : null;

    private static TimeSpan? Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : null;
}
