using System.CommandLine;
using InferenceBroker.Load;

var embedded = new Option<bool>("--embedded") { Description = "One Standalone process on SQLite and the in-memory transport." };
var jobs = new Option<int>("--jobs") { Description = "Jobs of the drained backlog.", DefaultValueFactory = _ => 20_000 };
var warmUp = new Option<int>("--warm-up") { Description = "Jobs before anything is measured.", DefaultValueFactory = _ => 10_000 };
var submits = new Option<int>("--submits") { Description = "Jobs that are submitted one by one.", DefaultValueFactory = _ => 10_000 };
var latencyJobs = new Option<int>("--latency-jobs") { Description = "Jobs of the unloaded phase.", DefaultValueFactory = _ => 300 };
var queued = new Option<int>("--queued")
{
    Description = "Jobs that wait while memory is read; 0 leaves it out.",
    DefaultValueFactory = _ => 100_000,
};
var concurrency = new Option<int>("--concurrency") { Description = "The provider's concurrency.", DefaultValueFactory = _ => 256 };
var json = new Option<string?>("--json") { Description = "File for the figures; default: results/ beside the benchmark." };

var command = new RootCommand("Loads the real roles as separate processes and reports rates, latencies, CPU and memory.")
{
    embedded,
    jobs,
    warmUp,
    submits,
    latencyJobs,
    queued,
    concurrency,
    json,
};
command.SetAction(parsed =>
    LoadRun.RunAsync(
        new LoadOptions
        {
            Embedded = parsed.GetValue(embedded),
            Jobs = parsed.GetValue(jobs),
            WarmUp = parsed.GetValue(warmUp),
            Submits = parsed.GetValue(submits),
            LatencyJobs = parsed.GetValue(latencyJobs),
            Queued = parsed.GetValue(queued),
            Concurrency = parsed.GetValue(concurrency),
            Json = parsed.GetValue(json),
        }
    )
);
return await command.Parse(args).InvokeAsync();
