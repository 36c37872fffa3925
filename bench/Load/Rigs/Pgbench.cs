using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace InferenceBroker.Load.Rigs;

/// <summary>Runs PostgreSQL's own benchmark as a yardstick of the machine.</summary>
internal static partial class Pgbench
{
    public static async Task<double?> RunAsync(string connectionString)
    {
        if (Find() is not { } program)
        {
            return null;
        }

        await RunAsync(program, connectionString, ["-i", "-q", "-s", "10"]);
        var output = await RunAsync(program, connectionString, ["-N", "-c", "8", "-j", "2", "-T", "10"]);
        var tps = Tps().Match(output);
        return tps.Success
            ? double.Parse(tps.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench printed no figure: {output}");
    }

    private static string? Find() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order().LastOrDefault()
            : null;

    private static async Task<string> RunAsync(string program, string connectionString, IEnumerable<string> arguments)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(program, [.. arguments, connection.Database!])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password ?? "";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tps();
}
