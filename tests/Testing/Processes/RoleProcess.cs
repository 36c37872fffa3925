using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InferenceBroker.Testing.Processes;

/// <summary>A real process of one of the product's programs, which can be killed and started again.</summary>
public sealed partial class RoleProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly ConcurrentQueue<string> _output = new();
    private readonly ProcessStartInfo _start;
    private readonly string _readyPath;
    private Process? _process;

    /// <param name="role">The program: <c>Api</c>, <c>Scheduler</c>, <c>Workers</c> or <c>Standalone</c>.</param>
    /// <param name="url">Where it listens; null for a program that does not.</param>
    /// <param name="readyPath">What answers 200 once it is ready.</param>
    public RoleProcess(
        string role,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Uri? url,
        string readyPath = "/health/ready"
    )
    {
        Role = role;
        Url = url;
        _readyPath = readyPath;
        _start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _start.ArgumentList.Add(RepositoryPaths.Program(role));
        foreach (var argument in arguments)
        {
            _start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            _start.Environment[key] = value;
        }
    }

    public string Role { get; }

    public Uri? Url { get; }

    public int Id => Running().Id;

    public bool HasExited => _process?.HasExited ?? true;

    /// <summary>What it wrote so far, for the message of a failing test.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    public void Start()
    {
        var process = new Process { StartInfo = _start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartReadyAsync(TimeSpan limit)
    {
        Start();
        await WaitReadyAsync(limit);
    }

    public async Task WaitReadyAsync(TimeSpan limit)
    {
        var ready = new Uri(Url ?? throw new InvalidOperationException($"{Role} does not listen."), _readyPath);
        await Eventually.TrueAsync(
            async () =>
            {
                if (HasExited)
                {
                    throw new InvalidOperationException($"{Role} ended while starting:{Environment.NewLine}{Output}");
                }

                try
                {
                    using var answer = await Http.GetAsync(ready);
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            limit,
            () => $"{Role} did not become ready:{Environment.NewLine}{Output}"
        );
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        var process = Running();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, then waits for the end. Returns the exit code.</summary>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        var process = Running();
        _ = SendSignal(process.Id, SigTerm);
        return await WaitForExitAsync(limit);
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        var process = Running();
        using var timeout = new CancellationTokenSource(limit);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    private Process Running() => _process ?? throw new InvalidOperationException($"{Role} was not started.");

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        while (_output.Count > 400)
        {
            _output.TryDequeue(out _);
        }
    }
}
