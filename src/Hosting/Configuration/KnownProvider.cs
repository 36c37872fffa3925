namespace InferenceBroker.Hosting.Configuration;

/// <summary>A public provider that needs no more than its API key in the environment.</summary>
/// <param name="Variable">The environment variable of its key.</param>
/// <param name="Prefixes">What its models' names begin with.</param>
internal sealed record KnownProvider(string Name, Uri BaseUrl, string Variable, IReadOnlyList<string> Prefixes);
