namespace InferenceBroker.Hosting.Health;

/// <summary>Works out where a process that listens as configured can be reached from this machine.</summary>
internal static class ProbeAddress
{
    public static Uri Of(string? urls, string? httpPorts, string standard)
    {
        var url = First(urls) ?? (First(httpPorts) is { } port ? $"http://127.0.0.1:{port}" : standard);
        // Wildcards are valid for listening but not for calling.
        foreach (var wildcard in (string[])["//*", "//+", "//0.0.0.0", "//[::]"])
        {
            url = url.Replace(wildcard, "//127.0.0.1", StringComparison.Ordinal);
        }

        return new Uri(url);
    }

    private static string? First(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
