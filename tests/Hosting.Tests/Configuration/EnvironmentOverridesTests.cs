using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class EnvironmentOverridesTests
{
    [Fact]
    public void An_override_replaces_the_value_of_the_file()
    {
        var options = Load(
            Minimal,
            ("Broker__Models__chat__Targets__0__Weight", "7"),
            ("BROKER__LIMITS__MAXATTEMPTS", "9"),
            ("Broker__Providers__local__Concurrency", "3")
        ).Options;

        options.Models["chat"].Targets[0].Weight.ShouldBe(7);
        options.Models["chat"].Targets[0].Model.ShouldBe("llama");
        options.Limits.MaxAttempts.ShouldBe(9);
        options.Providers["local"].Concurrency.ShouldBe(3);
    }

    [Fact]
    public void An_override_of_a_model_with_a_colon_reaches_it()
    {
        const string Json = """
            { "providers": { "sim": { "kind": "simulated" } }, "models": { "llama3:8b": { "targets": [ { "provider": "sim" } ] } } }
            """;

        Load(Json, ("Broker__Models__llama3:8b__Targets__0__Weight", "5")).Options.Models["llama3:8b"].Targets[0].Weight.ShouldBe(5);
    }

    [Fact]
    public void An_override_adds_what_the_file_does_not_have()
    {
        var options = Load(
            null,
            ("Broker__Providers__local__Kind", "openai"),
            ("Broker__Providers__local__BaseUrl", "http://127.0.0.1:9/v1"),
            ("Broker__Models__gpt-4o__Targets__0__Provider", "local"),
            ("Broker__Models__gpt-4o__Fallbacks__0", "other"),
            ("Broker__Models__other__Targets__0__Provider", "local")
        ).Options;

        options.Providers["local"].BaseUrl.ShouldBe(new Uri("http://127.0.0.1:9/v1"));
        options.Models["gpt-4o"].Fallbacks.ShouldBe(["other"]);
    }

    [Fact]
    public void Overrides_are_validated_like_the_file() =>
        Faults(Minimal, ("Broker__Models__chat__Policy", "nearest"))
            .ShouldHaveSingleItem()
            .ShouldBe("models.chat.policy: 'nearest' is no policy (weighted, round-robin, least-busy, latency, cost, priority, adaptive)");

    [Theory]
    [InlineData("Broker__Models__chat__Targets__5__Weight")]
    [InlineData("Broker__Models__chat__Targets__first__Weight")]
    [InlineData("Broker__Models__chat__Targets__0__Provider__x")]
    public void An_override_that_fits_nowhere_is_a_fault(string name) =>
        Faults(Minimal, (name, "1")).ShouldContain(f => f.StartsWith(name));

    [Fact]
    public void Variables_of_the_roles_are_left_to_them() => Faults(Minimal, ("Broker__Api__Anything", "1")).ShouldBeEmpty();
}
