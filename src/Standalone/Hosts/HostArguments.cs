namespace InferenceBroker.Standalone.Hosts;

/// <summary>What the roles read from the command line.</summary>
internal static class HostArguments
{
    public static string[] Of(string dataFolder, string? configFile, string? urls = null)
    {
        var arguments = new List<string> { "--data", dataFolder };
        if (configFile is not null)
        {
            arguments.AddRange(["--config", configFile]);
        }

        if (urls is not null)
        {
            arguments.AddRange(["--urls", urls]);
        }

        return [.. arguments];
    }
}
