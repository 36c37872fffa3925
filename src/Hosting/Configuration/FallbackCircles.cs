namespace InferenceBroker.Hosting.Configuration;

/// <summary>
/// Finds routes that lead back to themselves, by fallbacks or by the route for larger contexts. Each circle is reported once, at the first of
/// its routes.
/// </summary>
internal sealed class FallbackCircles(IReadOnlyDictionary<string, ModelOptions> models, FaultList faults)
{
    private readonly HashSet<string> _finished = [];
    private readonly List<(string Name, string Property)> _path = [];

    public void Report()
    {
        foreach (var name in models.Keys)
        {
            Visit(name);
        }
    }

    private void Visit(string name)
    {
        var start = _path.FindIndex(step => step.Name == name);
        if (start >= 0)
        {
            var circle = string.Join(" → ", _path.Skip(start).Select(step => step.Name).Append(name));
            faults.Add($"{FaultList.Join("models", name)}.{_path[start].Property}", $"{circle} is a circle");
            return;
        }

        if (_finished.Contains(name) || !models.TryGetValue(name, out var model))
        {
            return;
        }

        foreach (var fallback in model.Fallbacks)
        {
            Follow(name, "fallbacks", fallback);
        }

        if (model.LargerContext is { } larger)
        {
            Follow(name, "largerContext", larger);
        }

        _finished.Add(name);
    }

    private void Follow(string name, string property, string next)
    {
        _path.Add((name, property));
        Visit(next);
        _path.RemoveAt(_path.Count - 1);
    }
}
