namespace InferenceBroker.Providers.Calls;

/// <summary>How to reach a provider.</summary>
/// <param name="Name">The provider's name.</param>
/// <param name="Kind">Selects the client: <c>openai</c> or <c>simulated</c>.</param>
/// <param name="BaseUrl">Without a slash at its end, for example <c>https://api.openai.com/v1</c>. Null for an in-process simulated provider.</param>
/// <param name="Secrets">Key name → secret; an empty secret sends no credentials.</param>
/// <param name="Settings">The kind's own settings, for example the simulated provider's script, by lower-case name.</param>
public sealed record ProviderConnection(
    string Name,
    string Kind,
    Uri? BaseUrl,
    IReadOnlyDictionary<string, string> Secrets,
    IReadOnlyDictionary<string, string> Settings
)
{
    /// <summary>Never shows a secret.</summary>
    public override string ToString() => $"{Name} ({Kind}, {BaseUrl})";
}
