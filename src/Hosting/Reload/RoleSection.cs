using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting.Reload;

/// <summary>Binds the section anew and asks the validators that were asked at start.</summary>
internal sealed class RoleSection<TOptions>(string section, IEnumerable<IValidateOptions<TOptions>> validators) : IRoleSection
    where TOptions : class
{
    public IEnumerable<ConfigurationFault> FindFaults(IConfiguration configuration)
    {
        var values = configuration.GetSection(section);
        return KnownKeys.FindUnknown(values, typeof(TOptions)).Concat(FindFaults(values));
    }

    private IEnumerable<ConfigurationFault> FindFaults(IConfigurationSection values)
    {
        try
        {
            // The validator of unknown keys looks at the configuration of the start.
            return values.Get<TOptions>() is not { } options
                ? []
                : validators.Where(v => v is not UnknownKeysValidator<TOptions>).SelectMany(v => OptionFaults.Of(v, options));
        }
        catch (InvalidOperationException e)
        {
            return [new ConfigurationFault(OptionFaults.SectionOf(typeof(TOptions)), e.Message)];
        }
    }
}
