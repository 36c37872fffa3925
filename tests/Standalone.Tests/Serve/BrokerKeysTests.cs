using InferenceBroker.Hosting;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Standalone.Serve;
using InferenceBroker.Standalone.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Serve;

public sealed class BrokerKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_of_the_environment_win_and_make_no_file()
    {
        using var configuration = Configuration(("BROKER_API_KEY", "mine"));

        var keys = BrokerKeys.Find(configuration, _folder.Path);

        keys.Api.Secret.ShouldBe("mine");
        File.Exists(_folder.File("api.key")).ShouldBeFalse();
        keys.Admin.Created.ShouldBeTrue();
    }

    [Fact]
    public void Made_keys_are_shown_once()
    {
        using var configuration = Configuration();

        var first = BrokerKeys.Find(configuration, _folder.Path);
        var second = BrokerKeys.Find(configuration, _folder.Path);

        Text(first).ShouldContain(first.Api.Secret);
        Text(first).ShouldContain(first.Admin.Secret);
        Text(second).ShouldNotContain(first.Api.Secret);
        Text(second).ShouldNotContain(first.Admin.Secret);
        second.Api.Secret.ShouldBe(first.Api.Secret);
    }

    [Fact]
    public void The_welcome_has_a_curl_line_that_names_no_secret()
    {
        using var configuration = Configuration(("BROKER_API_KEY", "mine"), ("BROKER_ADMIN_KEY", "admin-secret"));

        var text = Text(BrokerKeys.Find(configuration, _folder.Path));

        text.ShouldContain("curl -s http://127.0.0.1:8080/v1/jobs -H \"Authorization: Bearer $BROKER_API_KEY\"");
        text.ShouldNotContain("mine");
        text.ShouldNotContain("admin-secret");
        text.ShouldContain("simulated providers (sim-a, sim-b)");
    }

    [Fact]
    public void The_keys_reach_the_Api_as_configuration()
    {
        using var configuration = Configuration();
        var keys = BrokerKeys.Find(configuration, _folder.Path);

        keys.AddTo(configuration);

        configuration["BROKER_API_KEY"].ShouldBe(keys.Api.Secret);
        configuration["BROKER_ADMIN_KEY"].ShouldBe(keys.Admin.Secret);
    }

    [Fact]
    public void A_key_never_shows_its_secret_as_text()
    {
        new BrokerKey("BROKER_API_KEY", "secret", null, Created: true).ToString().ShouldNotContain("secret");
    }

    private string Text(BrokerKeys keys) =>
        string.Join(
            '\n',
            Welcome.Lines(
                "http://127.0.0.1:8080",
                new BrokerSetup
                {
                    Role = BrokerRoles.Standalone,
                    DataDirectory = _folder.Path,
                    ConfigurationFile = null,
                    ProviderSource = ProviderSource.Simulated,
                    Providers = ["sim-a", "sim-b"],
                    UsesPostgres = false,
                    UsesRabbitMq = false,
                    Warnings = [],
                },
                keys
            )
        );

    private static ConfigurationManager Configuration(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(values.Select(v => KeyValuePair.Create<string, string?>(v.Key, v.Value)));
        return configuration;
    }
}
