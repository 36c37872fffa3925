using System.Diagnostics;

namespace InferenceBroker.Testing.Postgres;

/// <summary>Runs PostgreSQL's programs, which refuse to run as root, as the user <c>postgres</c> where we are root.</summary>
internal static class PostgresProcess
{
    public static bool NeedsOtherUser => Environment.IsPrivilegedProcess;

    public static Task RunAsServerUserAsync(string program, params string[] arguments)
    {
        var (file, all) = AsServerUser(program, arguments);
        return RunAsync(file, all);
    }

    /// <summary>Starts a server whose process is our child: the set-up programs replace themselves by it.</summary>
    public static Process StartAsServerUser(string program, params string[] arguments)
    {
        var (file, all) = AsServerUser(program, arguments);
        return Start(file, all);
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with code {process.ExitCode}.");
        }
    }

    /// <summary>
    /// A shell that outlives a test process which was killed, and then ends the server and removes its folder. The kernel's parent-death signal
    /// will not do: it comes when the thread ends that started the server, and pool threads come and go.
    /// </summary>
    public static void WatchOver(Process server, string folder)
    {
        const string Script = """
            while kill -0 "$1" 2>/dev/null; do
                kill -0 "$2" 2>/dev/null || exit 0
                sleep 1
            done
            kill -QUIT "$2" 2>/dev/null
            sleep 1
            rm -rf "$3"
            """;
        Start("setsid", "sh", "-c", Script, "watchdog", $"{Environment.ProcessId}", $"{server.Id}", folder).Dispose();
    }

    private static (string File, string[] Arguments) AsServerUser(string program, string[] arguments) =>
        NeedsOtherUser
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments])
            : (program, arguments);

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");

        // Nobody reads what a server says; an unread pipe would stop it in the end.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
