using System.CommandLine;
using InferenceBroker.Scenarios;

var only = new Option<string?>("--only") { Description = "Numbers of scenarios, such as 6,9; default: all." };
var json = new Option<string?>("--json") { Description = "File for the results." };
var command = new RootCommand("Runs the product's scheduler against simulated providers on virtual time and compares it with its goals.")
{
    only,
    json,
};
command.SetAction(parsed => ScenarioRun.Run(parsed.GetValue(only), parsed.GetValue(json)));
return await command.Parse(args).InvokeAsync();
