using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace InferenceBroker.Hosting.Reload;

/// <summary>A section that a role of this process binds: it takes effect at the next start, but a file that would not start is refused before.</summary>
internal interface IRoleSection
{
    IEnumerable<ConfigurationFault> FindFaults(IConfiguration configuration);
}
