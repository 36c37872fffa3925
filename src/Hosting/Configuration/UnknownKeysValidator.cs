using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Fails where the options' section holds a key that the options class does not have.</summary>
internal sealed class UnknownKeysValidator<TOptions>(IConfiguration configuration, string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var unknown = KnownKeys.FindUnknown(configuration.GetSection(section), typeof(TOptions)).Select(f => f.ToString()).ToList();
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }
}
