using System.Diagnostics;
using System.Net.Sockets;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// The server of the Debian package as a child process: own ports, own node name, own port mapper, everything it writes in one temporary
/// folder. A shell holds it and ends it, folder included, when its standard input closes, so that it also goes when this process is killed.
/// </summary>
internal sealed class RabbitMqProcess(bool hasManagement) : IRabbitMqServer
{
    private const string Binary = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    // The holder outlives an interrupted test run long enough to clean up after it. RUNNING_UNDER_SYSTEMD makes the server's script become
    // the virtual machine, so that its pid is the one to kill. The port mapper is started first and in the foreground: one that the virtual
    // machine starts for itself would stay for ever.
    private const string Holder = """
        trap '' HUP INT TERM
        epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" & mapper=$!
        tries=0
        until epmd -port "$ERL_EPMD_PORT" -names >/dev/null 2>&1 || [ $tries -ge 100 ]; do tries=$((tries + 1)); sleep 0.05; done
        "$RABBITMQ_BINARY" >"$HOME/server.log" 2>&1 </dev/null & server=$!
        read -r verdict
        kill -9 $server $mapper
        wait
        [ "$verdict" = keep ] || rm -rf "$HOME"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("broker-rabbitmq-").FullName;
    private readonly int _distributionPort = FreePort.Next();
    private readonly int _mapperPort = FreePort.Next();
    private Process? _holder;

    public static bool IsInstalled => File.Exists(Binary);

    public int Port { get; } = FreePort.Next();

    public Uri? Management { get; } = hasManagement ? new Uri($"http://127.0.0.1:{FreePort.Next()}/") : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await WriteAsync("definitions.json", RabbitMqDefinitions.Json(), cancellationToken);
        await WriteAsync("rabbitmq.conf", Settings(), cancellationToken);
        await WriteAsync("enabled_plugins", Management is null ? "[].\n" : "[rabbitmq_management].\n", cancellationToken);

        var start = Command("/bin/sh", "-c", Holder);
        start.RedirectStandardInput = true;
        _holder = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        await WaitUntilReadyAsync(cancellationToken);
    }

    public Task KillAsync() => EndAsync("keep");

    public Task WipeAsync()
    {
        Directory.Delete(Path.Combine(_folder, "mnesia"), recursive: true);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync("remove");
        // A server that was killed before had no holder any more.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    // Nobody looks at the numbers that the HTTP API would collect.
    private string Settings() =>
        $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            load_definitions = {_folder}/definitions.json
            disk_free_limit.absolute = 50MB

            """
        + (
            Management is null
                ? ""
                : $"""
                    management.tcp.ip = 127.0.0.1
                    management.tcp.port = {Management.Port}
                    management_agent.disable_metrics_collector = true

                    """
        );

    private Task WriteAsync(string file, string text, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(_folder, file), text, cancellationToken);

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_holder is not { HasExited: false })
                    throw new InvalidOperationException($"RabbitMQ ended while starting:{Environment.NewLine}{Log()}");
                return await ListensAsync(Port, cancellationToken)
                    && (Management is null || await ListensAsync(Management.Port, cancellationToken));
            },
            StartLimit,
            () => $"RabbitMQ takes no connections:{Environment.NewLine}{Log()}"
        );
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Log()
    {
        var path = Path.Combine(_folder, "server.log");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private async Task EndAsync(string verdict)
    {
        if (_holder is not { } holder)
            return;
        _holder = null;
        using (holder)
        {
            await holder.StandardInput.WriteLineAsync(verdict);
            holder.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopLimit);
            await holder.WaitForExitAsync(limit.Token);
        }
    }

    private ProcessStartInfo Command(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments);
        var environment = start.Environment;
        environment["HOME"] = _folder;
        environment["ERL_EPMD_PORT"] = $"{_mapperPort}";
        environment["RABBITMQ_BINARY"] = Binary;
        environment["RABBITMQ_NODENAME"] = $"broker{Port}@localhost";
        environment["RABBITMQ_DIST_PORT"] = $"{_distributionPort}";
        environment["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia");
        environment["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log");
        environment["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf");
        environment["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none");
        environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins");
        environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none";
        environment["RUNNING_UNDER_SYSTEMD"] = "true";
        environment["LC_ALL"] = "C.UTF-8";
        return start;
    }
}
