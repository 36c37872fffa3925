namespace InferenceBroker.Standalone.Serve;

/// <summary>What the command line says about a server.</summary>
internal sealed record ServeOptions
{
    public const string DefaultUrls = "http://127.0.0.1:8080";

    public required string DataFolder { get; init; }

    public string? ConfigFile { get; init; }

    /// <summary>Null: <c>ASPNETCORE_URLS</c>, else <see cref="DefaultUrls"/>.</summary>
    public string? Urls { get; init; }
}
