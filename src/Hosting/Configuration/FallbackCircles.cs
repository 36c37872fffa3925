namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds routes that fall back to themselves over others. Each circle is reported once, at the first of its routes.</summary>
internal sealed class FallbackCircles(IReadOnlyDictionary<string, ModelOptions> models, FaultList faults)
{
    private readonly HashSet<string> _finished = [];
    private readonly List<string> _path = [];

    public void Report()
    {
        foreach (var name in models.Keys)
        {
            Visit(name);
        }
    }

    private void Visit(string name)
    {
        var start = _path.IndexOf(name);
        if (start >= 0)
        {
            var circle = string.Join(" → ", _path.Skip(start).Append(name));
            faults.Add($"{FaultList.Join("models", name)}.fallbacks", $"{circle} is a circle");
            return;
        }

        if (_finished.Contains(name) || !models.TryGetValue(name, out var model))
        {
            return;
        }

        _path.Add(name);
        foreach (var fallback in model.Fallbacks)
        {
            Visit(fallback);
        }

        _path.RemoveAt(_path.Count - 1);
        _finished.Add(name);
    }
}
