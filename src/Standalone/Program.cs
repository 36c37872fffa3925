using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Progress;
using InferenceBroker.Standalone.Serve;
using InferenceBroker.Standalone.Simulate;
using Spectre.Console;

var output = Console.Out;
IProgressView progress = Console.IsOutputRedirected
    ? new PlainProgressView(output, TimeProvider.System)
    : new TerminalProgressView(AnsiConsole.Console, TimeProvider.System);
var actions = new CommandActions(
    new ServeAction(output).RunAsync,
    new RunAction(output, progress, TimeProvider.System).RunAsync,
    new SimulateAction(output).RunAsync
);
return await BrokerCommandLine.InvokeAsync(BrokerCommandLine.Create(actions), args, output, Console.Error);
