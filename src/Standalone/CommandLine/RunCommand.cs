using System.CommandLine;
using InferenceBroker.Standalone.Run;

namespace InferenceBroker.Standalone.CommandLine;

internal static class RunCommand
{
    public static Command Create(Func<RunOptions, CancellationToken, Task<int>> action)
    {
        var input = new Argument<string>("FILE") { Description = "The input: JSON lines as in OpenAI batch files." };
        var output = new Option<string>("--output", "-o")
        {
            Description =
                "Where the answers go, one line each, joined to the input by custom_id. Failures go beside it, to OUT.errors.jsonl.",
            HelpName = "OUT",
            Required = true,
        };
        var config = SharedOptions.Config();
        var data = SharedOptions.Data();
        var concurrency = new Option<int>("--concurrency")
        {
            Description = "At most so many lines are in the broker at the same time; the providers' own limits hold besides.",
            HelpName = "N",
            DefaultValueFactory = _ => RunOptions.DefaultConcurrency,
        };
        concurrency.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value is < 1 or > 1_000_000)
            {
                result.AddError("--concurrency must be between 1 and 1000000.");
            }
        });
        var fresh = new Option<bool>("--fresh")
        {
            Description = "Starts over: removes OUT and asks (and pays for) every line again, without a question.",
        };

        const string description =
            "Answers a file of prompts. Stopped or killed, the same command goes on where it stopped. "
            + "Exit code 0: every valid line was answered; 1: some were not; 2: nothing was started; 130: interrupted.";
        var command = new Command("run", description) { input, output, config, data, concurrency, fresh };
        command.SetAction(
            (parsed, cancellationToken) =>
                action(
                    new RunOptions
                    {
                        Input = parsed.GetRequiredValue(input),
                        Output = parsed.GetRequiredValue(output),
                        ConfigFile = SharedOptions.ConfigFileOf(parsed.GetValue(config)),
                        DataFolder = SharedOptions.DataFolderOf(parsed.GetValue(data)),
                        Concurrency = parsed.GetValue(concurrency),
                        Fresh = parsed.GetValue(fresh),
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
