using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Output;
using InferenceBroker.Standalone.Run.Progress;
using InferenceBroker.Standalone.Tests.Fakes;
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
    public async Task Invalid_lines_alone_do_not_change_the_exit_code()
    {
        var input = _folder.Write("in.jsonl", Lines.Chat("good", model: "sim-fast"), "no json");
        Configure();

        (await RunAsync(input)).ShouldBe(ExitCodes.Success);
    }

    private void Configure() =>
        _folder.Write(
            "broker.json",
            """{ "providers": { "s": { "kind": "simulated", "settings": { "latencyMs": "1", "outputTokens": "3" } } }, "models": { "*": { "targets": [ { "provider": "s" } ] } } }"""
        );

    private Task<int> RunAsync(string input) =>
        new RunAction(_output, new PlainProgressView(_output, TimeProvider.System), TimeProvider.System)
            .RunAsync(
                new RunOptions
                {
                    Input = input,
                    Output = _folder.File("out.jsonl"),
                    DataFolder = _folder.File("data"),
                    ConfigFile = _folder.File("broker.json"),
                },
                CancellationToken.None
            )
            .WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>custom_id → the job that answered it.</summary>
    private Dictionary<string, string> Jobs() =>
        File.ReadAllLines(_folder.File("out.jsonl"))
            .Select(l => OutputLine.TryParse(System.Text.Encoding.UTF8.GetBytes(l))!.Value)
            .ToDictionary(l => l.CustomId!, l => l.JobId!.Value.ToString());
}
