using System.Diagnostics;
using System.Text.Json;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>Runs a script of the <c>node</c> folder with the packages of its lock file.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "EndToEnd.Tests", "node");
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    /// <summary>Runs the script and returns the JSON object that it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params string[] arguments)
    {
        await Packages.Value;
        using var output = JsonDocument.Parse(await RunProcessAsync("node", [script, .. arguments]));
        return output.RootElement.Clone();
    }

    private static async Task InstallAsync() => await RunProcessAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);

    private static async Task<string> RunProcessAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, $"{program}: {await errors}{Environment.NewLine}{await output}");
        return await output;
    }
}
