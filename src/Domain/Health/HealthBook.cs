using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Health;

/// <summary>The health of every endpoint; endpoints of a provider, and of a key, share what belongs to it. Not thread safe.</summary>
public sealed class HealthBook(HealthSettings settings)
{
    private readonly Dictionary<string, ProviderHealth> _providers = [];
    private readonly Dictionary<(string Provider, string Key), KeyHealth> _keys = [];
    private readonly Dictionary<EndpointId, EndpointHealth> _endpoints = [];

    public IReadOnlyCollection<EndpointHealth> Endpoints => _endpoints.Values;

    public IReadOnlyCollection<KeyHealth> Keys => _keys.Values;

    public IReadOnlyCollection<ProviderHealth> Providers => _providers.Values;

    public EndpointHealth Endpoint(EndpointId id)
    {
        if (!_endpoints.TryGetValue(id, out var endpoint))
        {
            endpoint = new EndpointHealth(id, Provider(id.Provider), Key(id.Provider, id.Key), settings);
            _endpoints.Add(id, endpoint);
        }

        return endpoint;
    }

    public ProviderHealth Provider(string name)
    {
        if (!_providers.TryGetValue(name, out var provider))
        {
            provider = new ProviderHealth(name);
            _providers.Add(name, provider);
        }

        return provider;
    }

    public KeyHealth Key(string provider, string name)
    {
        if (!_keys.TryGetValue((provider, name), out var key))
        {
            key = new KeyHealth(provider, name, settings.Parking);
            _keys.Add((provider, name), key);
        }

        return key;
    }

    /// <summary>Lets time pass for all: for a timer, a few times a second.</summary>
    public void Advance(DateTimeOffset now, Random random)
    {
        foreach (var endpoint in _endpoints.Values)
        {
            endpoint.Advance(now, random.NextDouble());
        }
    }

    /// <summary>A new configuration may bring other credentials and models: what was refused is tried again.</summary>
    public void NoteNewConfiguration()
    {
        foreach (var key in _keys.Values)
        {
            Unpark(key.Parking, ParkingReason.Credential);
        }

        foreach (var endpoint in _endpoints.Values)
        {
            Unpark(endpoint.Parking, ParkingReason.ModelUnavailable);
        }
    }

    private static void Unpark(ParkingPlace place, ParkingReason reason)
    {
        if (place.Current?.Reason == reason)
        {
            place.Unpark();
        }
    }
}
