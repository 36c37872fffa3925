using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>The lowest layer of .NET's own configuration: the broker's defaults, and the roles' sections of <c>broker.json</c>. Environment and command line win.</summary>
internal static class LowestLayer
{
    public static void Insert(ConfigurationManager configuration, string role, IReadOnlyDictionary<string, string?> roleKeys)
    {
        var keys = new Dictionary<string, string?>(roleKeys, StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:InferenceBroker"] = "Information",
            // Its critical faults are logged by the server too. Switched off, requests need no Activity while nobody traces.
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        };
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null)
        {
            keys["urls"] = BrokerRoles.DefaultUrl(role);
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = keys });
    }
}
