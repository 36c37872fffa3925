using System.CommandLine;

namespace InferenceBroker.Standalone.CommandLine;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    private const string DefaultFolder = "data";

    public static Option<string?> Config() =>
        new("--config")
        {
            Description =
                "The configuration file. Default: the file that BROKER_CONFIG names, else broker.json in the working directory, "
                + "else providers found by their API keys in the environment, else simulated ones.",
            HelpName = "FILE",
        };

    public static Option<string?> Data() =>
        new("--data")
        {
            Description = "The folder of the database and the keys. Default: the one that BROKER_DATA names, else ./data.",
            HelpName = "DIR",
        };

    public static string DataFolderOf(string? option)
    {
        var folder = string.IsNullOrEmpty(option) ? Environment.GetEnvironmentVariable("BROKER_DATA") : option;
        return Path.GetFullPath(string.IsNullOrEmpty(folder) ? DefaultFolder : folder);
    }

    /// <exception cref="UsageException">There is no such file.</exception>
    public static string? ConfigFileOf(string? option) =>
        option is null || File.Exists(option) ? option : throw new UsageException($"There is no configuration file '{option}'.");
}
