using System.Text.Json;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Persistence;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Output;
using InferenceBroker.Standalone.Run.Progress;
using InferenceBroker.Standalone.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

/// <summary>The whole command against the real broker in this process: SQLite, the in-memory transport and a simulated provider.</summary>
public sealed class RunActionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_answered_once_whatever_is_run_again_or_deleted()
    {
        var input = _folder.Write("in.jsonl", [.. Enumerable.Range(0, 20).Select(i => Lines.Chat($"line-{i}", "hello", "sim-fast"))]);
        Configure();

        (await RunAsync(input)).ShouldBe(ExitCodes.Success);
        var first = Jobs();
        first.Keys.ShouldBe(Enumerable.Range(0, 20).Select(i => $"line-{i}"), ignoreOrder: true);

        (await RunAsync(input)).ShouldBe(ExitCodes.Success);
        Jobs().ShouldBe(first, ignoreOrder: true);

        File.Delete(_folder.File("out.jsonl"));
        (await RunAsync(input)).ShouldBe(ExitCodes.Success);
        Jobs().ShouldBe(first, ignoreOrder: true);
        _output.ToString().ShouldContain("20 answered (20 by an earlier start)");
    }

    [Fact]
    public async Task A_line_that_fails_for_good_ends_with_1_and_is_reported()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("good", model: "sim-fast"), Lines.Chat("bad", model: "sim-400"), "no json");
        Configure();

        (await RunAsync(input)).ShouldBe(ExitCodes.Incomplete);

        Jobs().Keys.ShouldBe(["good"]);
        var errors = await File.ReadAllLinesAsync(_folder.File("out.errors.jsonl"));
        errors.Length.ShouldBe(2);
        errors[0].ShouldStartWith("""{"line":3,"custom_id":null,"response":null,"error":{"code":"invalid_json_line",""");
        errors[1].ShouldStartWith("""{"line":2,"custom_id":"bad",""");
    }

    [Fact]
    public async Task A_model_that_no_provider_has_is_reported_as_404()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("a", model: "sim-404"));
        Configure();

        (await RunAsync(input)).ShouldBe(ExitCodes.Incomplete);

        var error = JsonDocument.Parse(File.ReadAllLines(_folder.File("out.errors.jsonl")).ShouldHaveSingleItem()).RootElement;
        error.GetProperty("error").GetProperty("code").GetString().ShouldBe("model_not_found");
        error.GetProperty("response").GetProperty("status_code").GetInt32().ShouldBe(404);
    }

    [Fact]
    public async Task The_database_and_its_log_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Configure();
        var modes = new Dictionary<string, UnixFileMode>();
        using var stop = new CancellationTokenSource();
        var progress = new InterruptingProgressView(
            stop,
            () => Array.ForEach([.. Directory.GetFiles(_folder.File("data"), "broker.db*")], f => modes.Add(Path.GetFileName(f), ModeOf(f)))
        );

        await RunAsync(_folder.Write("in.jsonl", Lines.Chat("a", model: "sim-hang")), progress, fresh: false, stop.Token);

        modes.Remove("broker.db.lock");
        modes.Keys.ShouldBe(["broker.db", "broker.db-shm", "broker.db-wal"], ignoreOrder: true);
        modes.Values.ShouldAllBe(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Invalid_lines_alone_do_not_change_the_exit_code()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("good", model: "sim-fast"), "no json");
        Configure();

        (await RunAsync(input)).ShouldBe(ExitCodes.Success);
    }

    [Fact]
    public async Task A_run_that_does_not_start_leaves_no_output()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("a"));
        _folder.Write("broker.json", """{ "providers": { "s": { "kind": "unheard-of" } } }""");

        await Should.ThrowAsync<ConfigurationFaultsException>(() => RunAsync(input));

        File.Exists(_folder.File("out.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_fresh_run_that_is_interrupted_says_how_to_go_on_without_starting_over()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("a", model: "sim-hang"));
        Configure();
        using var stop = new CancellationTokenSource();
        var progress = new InterruptingProgressView(stop);

        var code = await RunAsync(input, progress, fresh: true, stop.Token);

        code.ShouldBe(ExitCodes.Interrupted);
        _output.ToString().ShouldContain("Interrupted: the same command without --fresh goes on where this one stopped.");
    }

    [Fact]
    public async Task What_a_killed_process_left_keeps_nobody_waiting()
    {
        Configure();
        (await RunAsync(_folder.Write("in.jsonl", Lines.Chat("a", model: "sim-fast")))).ShouldBe(ExitCodes.Success);
        await using (
            var services = new ServiceCollection()
                .AddBrokerPersistence(new PersistenceOptions { SqlitePath = Path.Combine(_folder.File("data"), "broker.db") })
                .BuildServiceProvider()
        )
        {
            var leases = services.GetRequiredService<ILeaseStore>();
            var now = TimeProvider.System.GetUtcNow();
            (await leases.TryAcquireAsync("scheduler-0", "killed", now, TimeSpan.FromHours(1), CancellationToken.None)).ShouldNotBeNull();
        }

        (await RunAsync(_folder.Write("in.jsonl", Lines.Chat("b", model: "sim-fast")))).ShouldBe(ExitCodes.Success);
    }

    private static UnixFileMode ModeOf(string file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);

    private void Configure() =>
        _folder.Write(
            "broker.json",
            """{ "providers": { "s": { "kind": "simulated", "settings": { "latencyMs": "1", "outputTokens": "3" } } }, "models": { "*": { "targets": [ { "provider": "s" } ] } } }"""
        );

    private Task<int> RunAsync(
        string input,
        IProgressView? progress = null,
        bool fresh = false,
        CancellationToken cancellationToken = default
    ) =>
        new RunAction(_output, progress ?? new PlainProgressView(_output, TimeProvider.System), TimeProvider.System)
            .RunAsync(
                new RunOptions
                {
                    Input = input,
                    Output = _folder.File("out.jsonl"),
                    DataFolder = _folder.File("data"),
                    ConfigFile = _folder.File("broker.json"),
                    Fresh = fresh,
                },
                cancellationToken
            )
            .WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    /// <summary>custom_id → the job that answered it.</summary>
    private Dictionary<string, string> Jobs() =>
        File.ReadAllLines(_folder.File("out.jsonl"))
            .Select(l => OutputLine.TryParse(System.Text.Encoding.UTF8.GetBytes(l))!.Value)
            .ToDictionary(l => l.CustomId!, l => l.JobId!.Value.ToString());
}
