using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Where the configuration and the data are.</summary>
/// <param name="ConfigurationFile">Null: none is named and none is in the working directory.</param>
internal sealed record Places(string? ConfigurationFile, string DataDirectory, string WorkingDirectory)
{
    public static Places Find(IConfigurationRoot configuration, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var file = BrokerFile.Locate(Argument(configuration, "config"), environment.GetValueOrDefault("BROKER_CONFIG"), workingDirectory);
        var data = Argument(configuration, "data") ?? environment.GetValueOrDefault("BROKER_DATA");
        return new Places(file, Path.GetFullPath(string.IsNullOrEmpty(data) ? "data" : data, workingDirectory), workingDirectory);
    }

    /// <summary>From the command line (or set in code), but not from variables that happen to be called CONFIG or DATA.</summary>
    private static string? Argument(IConfigurationRoot configuration, string name)
    {
        foreach (var provider in configuration.Providers.Reverse())
        {
            if (provider is not EnvironmentVariablesConfigurationProvider && provider.TryGet(name, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
