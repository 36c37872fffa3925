using InferenceBroker.Hosting.Tests.Configuration;
using InferenceBroker.Persistence.Startup;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class BrokerHostTests
{
    [Fact]
    public async Task RunAsync_WrongConfiguration_WritesEveryFaultAndReturns1()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("broker.json", """{ "providers": { "a": { "kind": "b" } }, "modles": {} }""");

        var (code, errors) = await CaptureAsync(() =>
            BrokerHost.RunAsync(
                BrokerRoles.Api,
                ["--config", file, "--data", folder.Path],
                _ => throw new InvalidOperationException("too late")
            )
        );

        code.ShouldBe(1);
        errors.ShouldStartWith($"{file}: 2 faults, so the broker does not start.");
        errors.ShouldContain("providers.a.kind");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task GuardAsync_WrongOptionsOfSeveralRoles_AreWrittenTogether()
    {
        var first = new OptionsValidationException("a", typeof(ApiOptions), ["api.pingSeconds: '0' is too small"]);
        var second = new OptionsValidationException("b", typeof(ApiOptions), ["Without a key"]);

        var (code, errors) = await CaptureAsync(() => BrokerHost.GuardAsync(() => throw new AggregateException(first, second)));

        code.ShouldBe(1);
        errors.ShouldContain("2 faults");
        errors.ShouldContain("api.pingSeconds: '0' is too small");
        errors.ShouldContain("Without a key");
    }

    [Fact]
    public async Task GuardAsync_DatabaseNotReady_SaysSo()
    {
        var (code, errors) = await CaptureAsync(() =>
            BrokerHost.GuardAsync(() => throw new DatabaseNotReadyException("Nobody answers.", innerException: null))
        );

        (code, errors.Trim()).ShouldBe((1, "The broker does not start. Nobody answers."));
    }

    [Fact]
    public async Task GuardAsync_Bug_IsNotHidden() =>
        await Should.ThrowAsync<InvalidOperationException>(() => BrokerHost.GuardAsync(() => throw new InvalidOperationException()));

    [Fact]
    public async Task RunAsync_HealthOfAProcessThatIsNotThere_Returns1()
    {
        var (code, errors) = await CaptureAsync(() =>
            BrokerHost.RunAsync(BrokerRoles.Api, ["--health", "--urls", "http://127.0.0.1:1"], _ => throw new InvalidOperationException())
        );

        code.ShouldBe(1);
        errors.ShouldContain("http://127.0.0.1:1/");
    }

    private static async Task<(int Code, string Errors)> CaptureAsync(Func<Task<int>> run)
    {
        var before = Console.Error;
        await using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await run(), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private sealed class ApiOptions;
}
