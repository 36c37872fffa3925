using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Describes an endpoint's credit for an answer.</summary>
internal static class EndpointReport
{
    public static EndpointState Of(EndpointCredit endpoint, double burst, DateTimeOffset now)
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
            RequestsPerMinute = key.Requests?.Capacity / burst,
            RequestsLeft = key.Requests?.Level(now),
            TokensPerMinute = key.Tokens?.Capacity / burst,
            TokensLeft = key.Tokens?.Level(now),
            ClosedUntil = endpoint.ClosedUntil > now ? endpoint.ClosedUntil : null,
            PausedUntil = provider.PausedUntil > now ? provider.PausedUntil : null,
        };
    }
}
