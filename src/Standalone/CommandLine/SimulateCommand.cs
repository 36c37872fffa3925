using System.CommandLine;
using System.Text.RegularExpressions;
using InferenceBroker.Providers.Simulated;
using InferenceBroker.Standalone.Simulate;

namespace InferenceBroker.Standalone.CommandLine;

/// <summary>Every setting of a simulated provider is an option: <c>latencyMs</c> is <c>--latency-ms</c>.</summary>
internal static partial class SimulateCommand
{
    public static Command Create(Func<SimulateOptions, CancellationToken, Task<int>> action)
    {
        var port = new Option<int>("--port")
        {
            Description = "Where to listen, on this machine only; 0 takes any free port.",
            Required = true,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value is < 0 or > 65_535)
            {
                result.AddError("--port must be between 0 and 65535.");
            }
        });
        var settings = SimulatedSettings.Names.ToDictionary(
            name => name,
            name => new Option<string?>(OptionName(name))
            {
                Description = $"The setting '{name}' of simulated providers.",
                HelpName = "VALUE",
            }
        );
        var command = new Command("simulate", "Serves a simulated provider that speaks OpenAI's dialect, for rehearsals and tests.")
        {
            port,
        };
        foreach (var option in settings.Values)
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellationToken) =>
                action(
                    new SimulateOptions
                    {
                        Port = parsed.GetValue(port),
                        Settings = settings
                            .Where(s => parsed.GetValue(s.Value) is not null)
                            .ToDictionary(s => s.Key, s => parsed.GetValue(s.Value)!),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static string OptionName(string setting) => "--" + UpperCase().Replace(setting, m => "-" + char.ToLowerInvariant(m.Value[0]));

    [GeneratedRegex("[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex UpperCase();
}
