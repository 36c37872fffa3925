using Microsoft.Extensions.Options;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Gives the failures of options validators the path that the key has in <c>broker.json</c>.</summary>
internal static class OptionFaults
{
    private const string Suffix = "Options";

    public static IEnumerable<ConfigurationFault> Of(OptionsValidationException exception) =>
        exception.Failures.Select(failure => ToFault(failure, exception.OptionsType));

    /// <summary>What the validator finds in these options.</summary>
    public static IEnumerable<ConfigurationFault> Of<TOptions>(IValidateOptions<TOptions> validator, TOptions options)
        where TOptions : class =>
        validator.Validate(Options.DefaultName, options) is { Failed: true, Failures: { } failures }
            ? Of(new OptionsValidationException(Options.DefaultName, typeof(TOptions), failures))
            : [];

    public static string SectionOf(Type options) =>
        CamelCase(options.Name.EndsWith(Suffix, StringComparison.Ordinal) ? options.Name[..^Suffix.Length] : options.Name);

    /// <summary>.NET's validators write <c>ShutdownSeconds: The field WorkersOptions.ShutdownSeconds must be …</c>, ours the whole path.</summary>
    private static ConfigurationFault ToFault(string failure, Type options)
    {
        var section = SectionOf(options);
        if (failure.Split(": ", 2) is not [var path, var message] || path.Contains(' ', StringComparison.Ordinal))
        {
            return new ConfigurationFault(section, failure);
        }

        return path.StartsWith($"{section}.", StringComparison.Ordinal)
            ? new ConfigurationFault(path, message)
            : new ConfigurationFault(
                $"{section}.{CamelCase(path)}",
                message.Replace($"The field {options.Name}.{path} ", "", StringComparison.Ordinal)
            );
    }

    private static string CamelCase(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
