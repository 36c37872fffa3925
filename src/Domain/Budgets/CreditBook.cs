using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// The credit of every endpoint. A new catalog changes the limits; what is in flight stays counted, because the same objects live on.
/// Not thread safe.
/// </summary>
public sealed class CreditBook(BudgetSettings settings)
{
    private readonly Dictionary<string, ProviderCredit> _providers = [];
    private readonly Dictionary<(string Provider, string Key), KeyCredit> _keys = [];
    private readonly Dictionary<string, EndpointCredit> _endpoints = [];

    public IReadOnlyCollection<EndpointCredit> Endpoints => _endpoints.Values;

    /// <summary>Puts the limits of a catalog in force.</summary>
    public void Apply(Catalog catalog, DateTimeOffset now)
    {
        foreach (var provider in catalog.Providers.Values)
        {
            ProviderOf(provider.Name).Resize(provider.Concurrency, settings.MostAhead(provider.Concurrency));
            foreach (var key in provider.Keys)
            {
                Apply(key, KeyOf(provider.Name, key.Name), now);
            }
        }
    }

    public EndpointCredit Endpoint(EndpointId id) => Endpoint(id.ToString(), id);

    /// <summary>The endpoint of a stored name, also where it is configured no more: attempts in flight there still have to be counted.</summary>
    public EndpointCredit Endpoint(string name) =>
        _endpoints.TryGetValue(name, out var known) ? known : Endpoint(name, EndpointId.Parse(name));

    public EndpointCredit? Find(string name) => _endpoints.GetValueOrDefault(name);

    public ProviderCredit? FindProvider(string name) => _providers.GetValueOrDefault(name);

    private EndpointCredit Endpoint(string name, EndpointId id)
    {
        if (!_endpoints.TryGetValue(name, out var endpoint))
        {
            endpoint = new EndpointCredit(id, ProviderOf(id.Provider), KeyOf(id.Provider, id.Key));
            _endpoints.Add(name, endpoint);
        }

        return endpoint;
    }

    private ProviderCredit ProviderOf(string name)
    {
        if (!_providers.TryGetValue(name, out var provider))
        {
            provider = new ProviderCredit(name, window: 0);
            _providers.Add(name, provider);
        }

        return provider;
    }

    private KeyCredit KeyOf(string provider, string key)
    {
        if (!_keys.TryGetValue((provider, key), out var credit))
        {
            credit = new KeyCredit(key == "default" ? provider : $"{provider}/{key}");
            _keys.Add((provider, key), credit);
        }

        return credit;
    }

    private void Apply(ProviderKey key, KeyCredit credit, DateTimeOffset now) =>
        credit.Budget.Apply(
            new BudgetLimits
            {
                // No dispatch-ahead here: workers hold back a provider's calls, not a key's, so what is sent for a key may all run at once.
                Concurrency = key.Concurrency,
                RequestsPerMinute = key.RequestsPerMinute,
                TokensPerMinute = key.TokensPerMinute,
                InputTokensPerMinute = key.InputTokensPerMinute,
                OutputTokensPerMinute = key.OutputTokensPerMinute,
            },
            settings,
            now
        );
}
