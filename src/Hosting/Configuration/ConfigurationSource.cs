namespace InferenceBroker.Hosting.Configuration;

/// <summary>Where the configuration comes from: the same at start and at every reload.</summary>
/// <param name="File">Null: there is none.</param>
internal sealed record ConfigurationSource(string? File, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What faults call it.</summary>
    public string Name => File ?? "The configuration";

    /// <summary>Where relative files of secrets start.</summary>
    public string BaseDirectory => File is null ? WorkingDirectory : Path.GetDirectoryName(File)!;

    // The environment holds secrets.
    public override string ToString() => Name;
}
