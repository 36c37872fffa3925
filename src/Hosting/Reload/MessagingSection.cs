using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting.Reload;

/// <summary>The section <c>messaging</c>, which hosting reads itself.</summary>
internal sealed class MessagingSection(IEnumerable<IValidateOptions<MessagingOptions>> validators) : IRoleSection
{
    public IEnumerable<ConfigurationFault> FindFaults(IConfiguration configuration)
    {
        try
        {
            var options = MessagingSettings.Read(configuration, rabbitMq: null);
            return [.. validators.SelectMany(validator => OptionFaults.Of(validator, options))];
        }
        catch (ConfigurationFaultsException e)
        {
            return e.Faults;
        }
    }
}
