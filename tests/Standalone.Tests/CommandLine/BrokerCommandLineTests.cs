using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Serve;
using InferenceBroker.Standalone.Simulate;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.CommandLine;

public sealed class BrokerCommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private object? _options;
    private Exception? _thrown;
    private int _exitCode;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_TakesEveryOption()
    {
        var config = _folder.Write("my.json", "{}");

        (
            await InvokeAsync(
                "run",
                "in.jsonl",
                "--output",
                "out.jsonl",
                "--config",
                config,
                "--data",
                "/d",
                "--concurrency",
                "7",
                "--fresh"
            )
        ).ShouldBe(0);

        _options.ShouldBe(
            new RunOptions
            {
                Input = "in.jsonl",
                Output = "out.jsonl",
                ConfigFile = config,
                DataFolder = "/d",
                Concurrency = 7,
                Fresh = true,
            }
        );
    }

    [Fact]
    public async Task Run_WithoutOptions_HasDefaults()
    {
        await InvokeAsync("run", "in.jsonl", "-o", "out.jsonl");

        var options = _options.ShouldBeOfType<RunOptions>();
        options.Concurrency.ShouldBe(20_000);
        options.Fresh.ShouldBeFalse();
        options.ConfigFile.ShouldBeNull();
        Path.IsPathFullyQualified(options.DataFolder).ShouldBeTrue();
    }

    [Fact]
    public async Task Serve_TakesEveryOption()
    {
        (await InvokeAsync("serve", "--data", "/d", "--urls", "http://127.0.0.1:9")).ShouldBe(0);

        _options.ShouldBe(new ServeOptions { DataFolder = "/d", Urls = "http://127.0.0.1:9" });
    }

    [Fact]
    public async Task Simulate_PassesTheSettingsThatWereGiven()
    {
        (await InvokeAsync("simulate", "--port", "9000", "--latency-ms", "20", "--tokens-per-second", "80")).ShouldBe(0);

        var options = _options.ShouldBeOfType<SimulateOptions>();
        options.Port.ShouldBe(9000);
        options.Settings.ShouldBe(new Dictionary<string, string> { ["latencyMs"] = "20", ["tokensPerSecond"] = "80" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run in.jsonl")]
    [InlineData("run in.jsonl --output out.jsonl --nonsense")]
    [InlineData("run in.jsonl --output out.jsonl --concurrency 0")]
    [InlineData("run in.jsonl --output out.jsonl --concurrency many")]
    [InlineData("run in.jsonl --output out.jsonl --config /no/such/file.json")]
    [InlineData("serve here")]
    [InlineData("simulate --port 70000")]
    [InlineData("simulate")]
    [InlineData("bogus")]
    [InlineData("")]
    public async Task Wrong_arguments_end_with_2_and_a_message(string arguments)
    {
        (await InvokeAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(2);

        _options.ShouldBeNull();
        _error.ToString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("--help", "serve")]
    [InlineData("run --help", "goes on where it stopped")]
    [InlineData("serve --help", "BROKER_CONFIG")]
    [InlineData("simulate --help", "--error-rate")]
    public async Task Help_explains_the_command(string arguments, string expected)
    {
        (await InvokeAsync(arguments.Split(' '))).ShouldBe(0);

        _output.ToString().ShouldContain(expected);
    }

    [Fact]
    public async Task The_exit_code_of_the_command_is_that_of_the_process()
    {
        _exitCode = 130;

        (await InvokeAsync("run", "in.jsonl", "--output", "out.jsonl")).ShouldBe(130);
    }

    [Fact]
    public async Task Wrong_configuration_ends_with_2_and_all_faults()
    {
        _thrown = new ConfigurationFaultsException("broker.json", [new("providers.a", "is wrong"), new("models.b", "is missing")]);

        (await InvokeAsync("serve")).ShouldBe(2);

        _error.ToString().ShouldContain("providers.a");
        _error.ToString().ShouldContain("models.b");
    }

    [Fact]
    public async Task A_fault_ends_with_1_and_a_message()
    {
        _thrown = new InvalidOperationException("The disk is full.");

        (await InvokeAsync("run", "in.jsonl", "--output", "out.jsonl")).ShouldBe(1);

        _error.ToString().ShouldContain("The disk is full.");
    }

    private Task<int> InvokeAsync(params string[] arguments)
    {
        var root = BrokerCommandLine.Create(new CommandActions(Record, Record, Record));
        return BrokerCommandLine.InvokeAsync(root, arguments, _output, _error);
    }

    private Task<int> Record<T>(T options, CancellationToken cancellationToken)
    {
        _options = options;
        return _thrown is null ? Task.FromResult(_exitCode) : Task.FromException<int>(_thrown);
    }
}
