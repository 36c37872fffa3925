using System.CommandLine;
using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Standalone.CommandLine;

/// <summary>The program's commands. Parsing is here; what a command does comes from outside.</summary>
internal static class BrokerCommandLine
{
    public static RootCommand Create(CommandActions actions) =>
        new("Inference Broker: takes LLM jobs, keeps every one safe on disk and gets each answered by some provider.")
        {
            ServeCommand.Create(actions.Serve),
            RunCommand.Create(actions.Run),
            SimulateCommand.Create(actions.Simulate),
        };

    /// <summary>Parses, runs, and turns what went wrong into a message and an exit code.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            await error.WriteLineAsync("Try --help.");
            return ExitCodes.Usage;
        }

        try
        {
            // Ctrl-C is ours: the library would end the process two seconds after it.
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (Exception e) when (e is UsageException or ConfigurationFaultsException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
        catch (OptionsValidationException e)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures));
            return ExitCodes.Usage;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync(
                $"Stopped by a fault: {e.Message} ({e.GetType().Name}). What was stored is kept; the same command (without --fresh) goes on."
            );
            return ExitCodes.Incomplete;
        }
    }
}
