namespace InferenceBroker.Hosting.Configuration;

/// <summary>One provider.</summary>
internal sealed class ProviderOptions
{
    public const int DefaultConcurrency = 16;

    /// <summary>The wire dialect: a name of <see cref="ProviderKinds"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Where the provider is. Default: the address of the known provider of this name; none for a simulated one.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Calls at the same time over all keys and models, 1 to 10,000. Default 16.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>Default: one key named <c>default</c> that sends no credentials.</summary>
    public IReadOnlyList<KeyOptions> Keys { get; init; } = [];

    /// <summary>The kind's own settings by lower-case name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
