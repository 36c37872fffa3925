using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Hosting.Reload;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting;

/// <summary>For the options of the roles.</summary>
public static class StrictOptions
{
    /// <summary>Binds a section, and fails at start where it holds a key that the options class does not have.</summary>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class
    {
        options.BindConfiguration(section);
        options.Services.AddSingleton<IValidateOptions<TOptions>>(services => new UnknownKeysValidator<TOptions>(
            services.GetRequiredService<IConfiguration>(),
            section
        ));
        options.Services.AddSingleton<IRoleSection>(services => new RoleSection<TOptions>(
            section,
            services.GetServices<IValidateOptions<TOptions>>()
        ));
        return options;
    }
}
