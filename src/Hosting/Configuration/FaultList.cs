using System.Globalization;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Collects faults (the broker will not start) and warnings (it will) in the order in which they are found.</summary>
internal sealed class FaultList
{
    private readonly List<ConfigurationFault> _faults = [];
    private readonly List<ConfigurationFault> _warnings = [];

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    public IReadOnlyList<ConfigurationFault> Warnings => _warnings;

    public void Add(string path, string message) => _faults.Add(new(path, message));

    public void Warn(string path, string message) => _warnings.Add(new(path, message));

    /// <summary>The path of a named part. Names with dots or brackets are quoted, so that a path reads in one way only.</summary>
    public static string Join(string path, string name)
    {
        var plain = name.Length > 0 && name.AsSpan().IndexOfAny(".[]' ") < 0;
        var part = plain ? name : string.Create(CultureInfo.InvariantCulture, $"['{name}']");
        return path.Length == 0 || !plain ? path + part : $"{path}.{part}";
    }
}
