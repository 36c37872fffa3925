using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Describes an endpoint's credit for an answer.</summary>
internal static class EndpointReport
{
    public static EndpointState Of(EndpointCredit endpoint, EndpointHealth health, DateTimeOffset now)
    {
        var (provider, key) = (endpoint.Provider, endpoint.Key);
        return new EndpointState
        {
            Endpoint = endpoint.Name,
            InFlight = endpoint.InFlight,
            ProviderInFlight = provider.Window.InFlight,
            ProviderLimit = provider.Window.Limit,
            KeyInFlight = key.Window.InFlight,
            KeyLimit = key.Window.Limit == int.MaxValue ? null : key.Window.Limit,
            RequestsPerMinute = key.Requests?.PerMinute,
            RequestsLeft = key.Requests?.Level(now),
            TokensPerMinute = key.Tokens?.PerMinute,
            TokensLeft = key.Tokens?.Level(now),
            Availability = health.Availability(now).ToString(),
            Breaker = health.Breaker.State.ToString(),
            Share = health.Share,
            CallsLastMinute = health.CallsLastMinute,
            TokensLastMinute = health.TokensLastMinute,
            ErrorShareLastMinute = health.ErrorShareLastMinute,
            TtftP50 = Seconds(health.FirstTokens, 0.5),
            TtftP95 = Seconds(health.FirstTokens, 0.95),
            TtftP99 = Seconds(health.FirstTokens, 0.99),
            ClosedUntil = endpoint.ClosedUntil > now ? endpoint.ClosedUntil : null,
            PausedUntil = provider.PausedUntil > now ? provider.PausedUntil : null,
        };
    }

    private static double? Seconds(LatencyHistogram histogram, double share) => histogram.Quantile(share);
}
