namespace InferenceBroker.Hosting.Configuration;

/// <summary>The configuration is wrong, so the broker does not start. Carries every fault that was found.</summary>
public sealed class ConfigurationFaultsException(string source, IReadOnlyList<ConfigurationFault> faults)
    : Exception(Describe(source, faults))
{
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;

    private static string Describe(string source, IReadOnlyList<ConfigurationFault> faults)
    {
        var count = faults.Count == 1 ? "1 fault" : $"{faults.Count} faults";
        return $"{source}: {count}, so the broker does not start.{Environment.NewLine}"
            + string.Join(Environment.NewLine, faults.Select(f => $"  {f}"));
    }
}
