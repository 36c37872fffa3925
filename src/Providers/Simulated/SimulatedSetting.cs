namespace InferenceBroker.Providers.Simulated;

/// <summary>One known setting.</summary>
/// <param name="Expected">What a right value looks like, for the message about a wrong one.</param>
/// <param name="Apply">The changed options, or null where the value is wrong.</param>
internal sealed record SimulatedSetting(string Expected, Func<SimulatedOptions, string, SimulatedOptions?> Apply);
