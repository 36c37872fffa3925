using System.Diagnostics;
using System.Net.Sockets;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// The server of the Debian package as a child process: own ports, own node name, own port mapper, everything it writes in one temporary
/// folder. A shell holds it and ends it, folder included, when its standard input closes, so that it also goes when this process is killed.
/// </summary>
internal sealed class RabbitMqProcess(int virtualHosts) : IRabbitMqServer
{
    private const string Binary = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
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

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "definitions.json"), RabbitMqDefinitions.Json(virtualHosts), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rabbitmq.conf"),
            $"listeners.tcp.1 = 127.0.0.1:{Port}\nload_definitions = {_folder}/definitions.json\ndisk_free_limit.absolute = 50MB\n",
            cancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n", cancellationToken);

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

    public async Task AddVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        await ControlAsync(cancellationToken, "add_vhost", name);
        await ControlAsync(cancellationToken, "set_permissions", "-p", name, RabbitMqDefinitions.User, ".*", ".*", ".*");
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync("remove");
        // A server that was killed before had no holder any more.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port, limit.Token);
                return;
            }
            catch (SocketException) when (_holder is { HasExited: false })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
            }
        }
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

    private async Task ControlAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        var start = Command(Control, arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Control} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {arguments[0]} ended with {process.ExitCode}: {output}");
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
