using System.Diagnostics;
using InferenceBroker.Testing.Processes;
using Npgsql;

namespace InferenceBroker.Testing.Postgres;

/// <summary>
/// Debian's server binaries on a free port with their data in a temporary folder. It can be stopped, killed and started again with the same data
/// and port, for tests of faults. A watchdog ends it with the test process.
/// </summary>
public sealed class LocalPostgres : PrivatePostgres
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly string _binaries;
    private readonly string _folder;
    private readonly int _port;
    private Process? _server;

    private LocalPostgres(string binaries, string folder, int port)
    {
        _binaries = binaries;
        _folder = folder;
        _port = port;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndNow();
    }

    public override string ConnectionString =>
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Maximum Pool Size=20;Include Error Detail=true";

    /// <summary>The newest installed server, or null.</summary>
    public static string? FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory
                .GetDirectories(Root)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
    }

    public static async Task<LocalPostgres> StartNewAsync()
    {
        var binaries = FindBinaries() ?? throw new InvalidOperationException("No PostgreSQL under /usr/lib/postgresql.");
        var folder = Directory.CreateTempSubdirectory("broker-postgres-").FullName;
        if (PostgresProcess.NeedsOtherUser)
        {
            await PostgresProcess.RunAsync("chown", "postgres", folder);
        }

        await PostgresProcess.RunAsServerUserAsync(
            Path.Combine(binaries, "initdb"),
            "--pgdata",
            Path.Combine(folder, "data"),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"
        );
        var postgres = new LocalPostgres(binaries, folder, FreePort.Next());
        await postgres.StartAsync();
        return postgres;
    }

    public async Task StartAsync()
    {
        _server = PostgresProcess.StartAsServerUser(
            Path.Combine(_binaries, "postgres"),
            "-D",
            Path.Combine(_folder, "data"),
            "-k",
            _folder,
            "-h",
            "127.0.0.1",
            "-p",
            $"{_port}",
            "-c",
            "fsync=on",
            "-c",
            "max_connections=200",
            "-c",
            "shared_buffers=128MB",
            "-c",
            "logging_collector=off"
        );
        PostgresProcess.WatchOver(_server, _folder);
        await WaitUntilReadyAsync();
    }

    /// <summary>Ends the server as an operator would who does not wait for clients: their connections break.</summary>
    public Task StopAsync() => EndAsync("-INT");

    /// <summary>Ends the server at once, as a crash does; the next start recovers from the log.</summary>
    public Task KillAsync() => EndAsync("-QUIT");

    public async Task RestartAsync(bool kill)
    {
        await (kill ? KillAsync() : StopAsync());
        await StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await KillAsync();
        EndNow();
    }

    private async Task WaitUntilReadyAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5 };
        var last = "";
        await Eventually.TrueAsync(
            async () =>
            {
                if (_server is not { HasExited: false })
                {
                    throw new InvalidOperationException("PostgreSQL ended while starting.");
                }

                try
                {
                    await using var connection = new NpgsqlConnection(settings.ToString());
                    await connection.OpenAsync();
                    return true;
                }
                catch (NpgsqlException exception)
                {
                    last = exception.Message;
                    return false;
                }
            },
            StartTimeout,
            () => $"PostgreSQL takes no connections: {last}"
        );
    }

    private async Task EndAsync(string signal)
    {
        if (_server is not { HasExited: false } server)
        {
            return;
        }

        await PostgresProcess.RunAsync("kill", signal, $"{server.Id}");
        using var timeout = new CancellationTokenSource(StartTimeout);
        await server.WaitForExitAsync(timeout.Token);
    }

    private void EndNow()
    {
        if (_server is { HasExited: false } server)
        {
            server.Kill();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
