using System.Text.Json;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Scheduler.Health;

/// <summary>
/// What of the endpoints' health outlives a leader: breakers, and what is parked. Keys are stored beside their endpoints, under
/// <c>provider/key</c>. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class HealthSnapshots(HealthBook health)
{
    private readonly Dictionary<string, int> _stored = new(StringComparer.Ordinal);
    private bool _isSaving;

    /// <summary>What differs from what is stored; empty while the last ones are on their way.</summary>
    public List<ChangedHealth> TakeChanged(DateTimeOffset now)
    {
        var changed = new List<ChangedHealth>();
        if (_isSaving)
        {
            return changed;
        }

        foreach (var endpoint in health.Endpoints)
        {
            var version = endpoint.Breaker.Version + endpoint.Parking.Version;
            Add(changed, endpoint.Id.ToString(), version, () => new(endpoint.Breaker.Snapshot(), endpoint.Parking.Current), now);
        }

        foreach (var key in health.Keys)
        {
            Add(changed, $"{key.Provider}/{key.Name}", key.Parking.Version, () => new(Breaker: null, key.Parking.Current), now);
        }

        _isSaving = changed.Count > 0;
        return changed;
    }

    /// <summary>The last ones are stored, or, where empty, were not.</summary>
    public void NoteSaved(IReadOnlyList<ChangedHealth> saved)
    {
        _isSaving = false;
        foreach (var (record, version, _) in saved)
        {
            _stored[record.Endpoint] = version;
        }
    }

    /// <summary>Goes on where the last leader was.</summary>
    public void Restore(IReadOnlyList<EndpointHealthRecord> records, DateTimeOffset now)
    {
        foreach (var record in records)
        {
            if (JsonSerializer.Deserialize(record.Snapshot, HealthJson.Default.HealthSnapshot) is { } snapshot)
            {
                Restore(record.Endpoint.Split('/', 3), snapshot, now);
            }
        }
    }

    private void Restore(string[] name, HealthSnapshot snapshot, DateTimeOffset now)
    {
        switch (name)
        {
            case [var provider, var key]:
                health.Key(provider, key).Parking.Restore(snapshot.Parking);
                break;
            case [var provider, var key, var model]:
                var endpoint = health.Endpoint(new EndpointId(provider, key, model));
                endpoint.Parking.Restore(snapshot.Parking);
                if (snapshot.Breaker is { } breaker)
                {
                    endpoint.Breaker.Restore(breaker, now, Random.Shared.NextDouble());
                }

                break;
        }
    }

    private void Add(List<ChangedHealth> changed, string name, int version, Func<HealthSnapshot> take, DateTimeOffset now)
    {
        if (_stored.GetValueOrDefault(name) != version)
        {
            var snapshot = take();
            var text = JsonSerializer.Serialize(snapshot, HealthJson.Default.HealthSnapshot);
            var state = snapshot.Parking is { } parking ? $"Parked: {parking.Reason}" : snapshot.Breaker?.State.ToString() ?? "Unparked";
            changed.Add(new ChangedHealth(new EndpointHealthRecord(name, text, now), version, state));
        }
    }
}
