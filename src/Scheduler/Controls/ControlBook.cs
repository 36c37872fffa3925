using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Controls;

/// <summary>
/// Puts into force what operators want of providers, keys and endpoints. A change back to active also unparks: whoever says that it works again
/// wants it tried. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class ControlBook(HealthBook health, JobIndex index)
{
    private readonly Dictionary<string, ControlRecord> _known = new(StringComparer.Ordinal);

    /// <summary>Puts the controls in force; those of a new leader are not news.</summary>
    public void Restore(IReadOnlyList<ControlRecord> controls)
    {
        foreach (var control in controls)
        {
            _known[control.Target] = control;
            Set(control.Target, StateOf(control));
        }
    }

    /// <summary>Puts changed controls in force.</summary>
    public void Apply(IReadOnlyList<ControlRecord> controls)
    {
        foreach (var control in controls)
        {
            if (_known.TryGetValue(control.Target, out var known) && known == control)
            {
                continue;
            }

            _known[control.Target] = control;
            var state = StateOf(control);
            Set(control.Target, state);
            if (state == OperatorState.Active)
            {
                Unpark(control.Target);
            }
        }
    }

    /// <summary>Dispatched jobs at places that shall get no work, each once.</summary>
    public List<IndexedJob> ToRecall()
    {
        var jobs = new List<IndexedJob>();
        if (!_known.Values.Any(control => StateOf(control) != OperatorState.Active))
        {
            return jobs;
        }

        foreach (var job in index.InFlight)
        {
            if (job.Flight is { IsRecalled: false } flight && flight.Health.RecallsQueued)
            {
                flight.IsRecalled = true;
                jobs.Add(job);
            }
        }

        return jobs;
    }

    private static OperatorState StateOf(ControlRecord control) =>
        control.State switch
        {
            "paused" => OperatorState.Paused,
            "draining" => OperatorState.Draining,
            _ => OperatorState.Active,
        };

    private void Set(string target, OperatorState state)
    {
        switch (target.Split('/', 3))
        {
            case [var provider]:
                health.Provider(provider).Operator = state;
                break;
            case [var provider, var key]:
                health.Key(provider, key).Operator = state;
                break;
            case [var provider, var key, var model]:
                health.Endpoint(new EndpointId(provider, key, model)).Operator = state;
                break;
        }
    }

    private void Unpark(string target)
    {
        var parts = target.Split('/', 3);
        foreach (var key in health.Keys.Where(key => key.Provider == parts[0] && (parts.Length < 2 || key.Name == parts[1])))
        {
            key.Parking.Unpark();
        }

        foreach (var endpoint in health.Endpoints.Where(endpoint => Covers(parts, endpoint.Id)))
        {
            endpoint.Parking.Unpark();
        }
    }

    private static bool Covers(string[] parts, EndpointId id) =>
        id.Provider == parts[0] && (parts.Length < 2 || id.Key == parts[1]) && (parts.Length < 3 || id.Model == parts[2]);
}
