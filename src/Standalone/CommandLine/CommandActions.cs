using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Serve;
using InferenceBroker.Standalone.Simulate;

namespace InferenceBroker.Standalone.CommandLine;

/// <summary>What the commands do; each returns the exit code.</summary>
internal sealed record CommandActions(
    Func<ServeOptions, CancellationToken, Task<int>> Serve,
    Func<RunOptions, CancellationToken, Task<int>> Run,
    Func<SimulateOptions, CancellationToken, Task<int>> Simulate
);
