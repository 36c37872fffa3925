using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class KnownKeysTests
{
    [Fact]
    public void BindStrictly_UnknownKeys_FailWithTheirPath()
    {
        using var services = Services(("Broker:Sample:Cuont", "1"), ("Broker:Sample:Nested:Depht", "2"));

        var failures = Should
            .Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<SampleOptions>>().Value)
            .Failures;

        failures.ShouldBe([
            "sample.cuont: 'Cuont' is not known here (count, list, nested)",
            "sample.nested.depht: 'Depht' is not known here (depth)",
        ]);
    }

    [Fact]
    public void BindStrictly_KnownKeysInAnyCase_AreBound()
    {
        using var services = Services(("broker:sample:COUNT", "7"), ("Broker:Sample:List:0", "x"), ("Broker:Sample:Nested:Depth", "2"));

        var options = services.GetRequiredService<IOptions<SampleOptions>>().Value;

        options.Count.ShouldBe(7);
        options.List.ShouldBe(["x"]);
        options.Nested.Depth.ShouldBe(2);
    }

    [Fact]
    public void The_transports_settings_are_strict_too()
    {
        var mistyped = Configuration(("Broker:Messaging:HintBach", "1"));
        var unreadable = Configuration(("Broker:Messaging:HintBatch", "many"));

        Should
            .Throw<ConfigurationFaultsException>(() => MessagingSettings.Read(mistyped, null))
            .Faults[0]
            .Path.ShouldBe("messaging.hintBach");
        Should.Throw<ConfigurationFaultsException>(() => MessagingSettings.Read(unreadable, null)).Message.ShouldContain("HintBatch");
    }

    [Fact]
    public void The_connection_string_names_the_server() =>
        MessagingSettings.Read(Configuration(), "amqp://rabbit/").ShouldBeOfType<MessagingOptions>().RabbitMqUri.ShouldBe("amqp://rabbit/");

    private static ServiceProvider Services(params (string, string)[] keys)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(Configuration(keys));
        services.AddOptionsWithValidateOnStart<SampleOptions>().BindStrictly("Broker:Sample");
        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] keys) =>
        new ConfigurationBuilder().AddInMemoryCollection(keys.ToDictionary(k => k.Key, string? (k) => k.Value)).Build();

    private sealed class SampleOptions
    {
        public int Count { get; set; }

        public IList<string> List { get; } = [];

        public NestedOptions Nested { get; } = new();
    }

    private sealed class NestedOptions
    {
        public int Depth { get; set; }
    }
}
