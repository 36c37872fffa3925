namespace InferenceBroker.Hosting.Configuration;

/// <summary>Turns references into secrets. No message shows one.</summary>
internal sealed class SecretResolver(IReadOnlyDictionary<string, string> environment, string baseDirectory, FaultList faults)
{
    private const string EnvironmentPrefix = "env:";
    private const string FilePrefix = "file:";

    /// <summary>Relative files are looked for beside <c>broker.json</c>. An empty secret where it is not there; the fault says so.</summary>
    public string Resolve(string path, string value)
    {
        if (value.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
        {
            return FromEnvironment(path, value[EnvironmentPrefix.Length..]);
        }

        if (value.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            return FromFile(path, value[FilePrefix.Length..]);
        }

        if (value.Length > 0)
        {
            faults.Warn(path, "the secret itself stands in the configuration; better refer to it by env:NAME or file:PATH");
        }

        return value;
    }

    private string FromEnvironment(string path, string name)
    {
        if (environment.TryGetValue(name, out var secret) && secret.Length > 0)
        {
            return secret;
        }

        faults.Add(path, $"'{EnvironmentPrefix}{name}': the environment variable {name} is not set");
        return "";
    }

    private string FromFile(string path, string file)
    {
        try
        {
            var secret = File.ReadAllText(Path.GetFullPath(file, baseDirectory)).Trim();
            if (secret.Length > 0)
            {
                return secret;
            }

            faults.Add(path, $"'{FilePrefix}{file}': the file is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(path, $"'{FilePrefix}{file}': the file cannot be read ({e.GetType().Name})");
        }

        return "";
    }
}
