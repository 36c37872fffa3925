using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class BrokerConfigurationTests
{
    private const string Full = """
        // the shape that the documentation shows
        { "$schema": "broker.schema.json",
          "providers": {
            "openai": { "kind": "openai", "baseUrl": "https://api.openai.com/v1/", "concurrency": 64,
                        "keys": [ { "name": "main", "value": "env:OPENAI_API_KEY", "requestsPerMinute": 500, "tokensPerMinute": 200000, "concurrency": 32, "weight": 3 } ] },
            "sim":    { "kind": "simulated", "settings": { "LatencyMs": 20, "errorRate": "500=0.1", "outage": false } } },
          "models": {
            "llama3:8b":  { "targets": [ { "provider": "sim", "model": "m" } ] },
            "org/x.y":    { "policy": "weighted", "targets": [ { "provider": "openai", "model": "gpt-x", "weight": 60, "inputPricePerMillion": 2.5, "outputPricePerMillion": "10" },
                                                               { "provider": "sim", "model": "m", "weight": 40 } ], "fallbacks": [ "llama3:8b" ] },
            "*":          { "targets": [ { "provider": "openai" } ] }, },
          "rules": [],
          "limits": { "maxAttempts": 7, "attemptTimeoutSeconds": 90, "firstTokenTimeoutSeconds": 5, "idleTimeoutSeconds": 6, "connectTimeoutSeconds": 3 },
          "scheduler": { "partitions": 1, "nested": { "list": [ "a", "b" ] } } }
        """;

    private static readonly (string, string) Key = ("OPENAI_API_KEY", "sk-secret");

    [Fact]
    public void Load_EveryKey_IsRead()
    {
        var options = Load(Full, Key).Options;

        var openai = options.Providers["openai"];
        openai.BaseUrl.ShouldBe(new Uri("https://api.openai.com/v1"));
        openai.Concurrency.ShouldBe(64);
        var key = openai.Keys.ShouldHaveSingleItem();
        (key.Name, key.RequestsPerMinute, key.TokensPerMinute, key.Concurrency, key.Weight).ShouldBe(("main", 500, 200000, 32, 3));
        var targets = options.Models["org/x.y"].Targets;
        (targets[0].Provider, targets[0].Model, targets[0].Weight).ShouldBe(("openai", "gpt-x", 60));
        (targets[0].InputPricePerMillion, targets[0].OutputPricePerMillion).ShouldBe((2.5m, 10m));
        options.Models["org/x.y"].Fallbacks.ShouldBe(["llama3:8b"]);
        options.Models["*"].Targets[0].Model.ShouldBe("*");
        var limits = options.Limits;
        (limits.MaxAttempts, limits.AttemptTimeoutSeconds, limits.FirstTokenTimeoutSeconds).ShouldBe((7, 90, 5));
        (limits.IdleTimeoutSeconds, limits.ConnectTimeoutSeconds).ShouldBe((6, 3));
    }

    [Fact]
    public void Load_Settings_HaveLowerCaseNamesAndTexts() =>
        Load(Full, Key)
            .Options.Providers["sim"]
            .Settings.ShouldBe(
                new Dictionary<string, string>
                {
                    ["latencyms"] = "20",
                    ["errorrate"] = "500=0.1",
                    ["outage"] = "false",
                },
                ignoreOrder: true
            );

    [Fact]
    public void Load_RoleSections_BecomeConfigurationKeys()
    {
        var keys = Load(Full, Key).RoleKeys;

        keys["Broker:Scheduler:Partitions"].ShouldBe("1");
        keys["Broker:Scheduler:Nested:List:1"].ShouldBe("b");
        keys.Count.ShouldBe(3);
    }

    [Fact]
    public void Load_SecretFromEnvironment_IsResolvedWithoutWarning()
    {
        var configuration = Load(Full, Key);

        configuration.Secrets["openai"]["main"].ShouldBe("sk-secret");
        configuration.Secrets["sim"]["default"].ShouldBe("");
        configuration.Warnings.ShouldBeEmpty();
        configuration.ProviderSource.ShouldBe(ProviderSource.File);
    }

    [Fact]
    public void Load_ManyFaults_AreReportedTogetherWithPathValueAndChoices()
    {
        var faults = Faults(
            """
            { "providers": { "openai": { "kind": "opnai", "concurency": 4 }, "a/b": { "kind": "simulated" },
                             "local": { "kind": "openai", "baseUrl": "ftp://x", "concurrency": 0, "keys": [ { "name": "k", "value": "env:NOT_THERE", "weight": -1 }, { "name": "k", "requestsPerMinute": "many" } ] } },
              "models": { "chat-large": { "policy": "best", "targets": [ { "provider": "local" }, { "provider": "opnai", "weight": 0, "inputPricePerMillion": -1 } ], "fallbacks": [ "chat-tiny" ] },
                          "a*b": {}, "gpt-4.1": { "targets": [ { "provider": 5 } ] } },
              "rules": [ { "use": "chat-larg" } ], "limits": { "maxAttempts": 0 }, "modles": {} }
            """
        );

        faults.ShouldBe(
            [
                "limits.maxAttempts: '0' is not allowed (a whole number from 1 to 20)",
                "providers.openai.concurency: 'concurency' is not known here (kind, baseUrl, concurrency, keys, settings)",
                "providers.local.baseUrl: 'ftp://x' is no usable address (http:// or https://, without user and password)",
                "providers.local.concurrency: '0' is not allowed (a whole number from 1 to 10000)",
                "providers.local.keys[0].weight: '-1' is not allowed (a whole number from 1 to 1000000)",
                "providers.local.keys[1].requestsPerMinute: 'many' is not allowed (a whole number from 1 to 2147483647)",
                "models.chat-large.targets[1].weight: '0' is not allowed (a whole number from 1 to 1000000)",
                "models.chat-large.targets[1].inputPricePerMillion: '-1' is not allowed (a number from 0 to 1000000)",
                "models['gpt-4.1'].targets[0].provider: must be a text in quotes",
                "rules[0].use: 'chat-larg' is not a configured model (a*b, chat-large, gpt-4.1)",
                "modles: 'modles' is not known here (limits, rules, providers, models, $schema, api, scheduler, workers, messaging)",
                "providers.openai.kind: 'opnai' is no kind (openai, simulated)",
                "providers.a/b: 'a/b' is no allowed name (1 to 60 of a-z, A-Z, 0-9, '-', '_', '.')",
                "providers.local.baseUrl: is needed, for example https://api.openai.com/v1",
                "providers.local.keys[1].name: 'k' is the name of an earlier key too; each needs its own",
                "models.chat-large.policy: 'best' is no policy (weighted, round-robin, least-busy, latency, cost, priority, adaptive)",
                "models.chat-large.targets[1].provider: 'opnai' is not a configured provider (a/b, local, openai)",
                "models.chat-large.fallbacks[0]: 'chat-tiny' is not a configured model (a*b, chat-large, gpt-4.1)",
                "models.a*b: 'a*b' is no model name (a name, or a pattern with one '*' at its end)",
                "models.a*b.targets: at least one target is needed",
                "models['gpt-4.1'].targets[0].provider: '' is not a configured provider (a/b, local, openai)",
                "providers.local.keys[0].value: 'env:NOT_THERE': the environment variable NOT_THERE is not set",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void Load_WrongSettingOfASimulatedProvider_IsAFaultOfThatProvider() =>
        Faults("""{ "providers": { "sim": { "kind": "simulated", "settings": { "latencyMs": -1 } } } }""")
            .ShouldHaveSingleItem()
            .ShouldStartWith("providers.sim.settings: 'latencyms' is '-1'");

    [Fact]
    public void Load_ProvidersWhoseModelsNobodyKnows_NeedModels() =>
        Faults("""{ "providers": { "a": { "kind": "simulated" }, "b": { "kind": "simulated" } } }""")
            .ShouldHaveSingleItem()
            .ShouldStartWith("models: at least one is needed");

    [Theory]
    [InlineData("{ \"providers\": { \"a\": {}, \"a\": {} } }")]
    [InlineData("{ \"providers\": ")]
    [InlineData("[]")]
    public void Load_BrokenFile_NamesTheFileOnce(string json) => Faults(json).ShouldHaveSingleItem().ShouldContain("broker.json: ");

    [Fact]
    public void Load_FileThatIsNamedButMissing_IsAFault() =>
        Should
            .Throw<ConfigurationFaultsException>(() =>
                BrokerConfiguration.Load("/nowhere/broker.json", "/", new Dictionary<string, string>())
            )
            .Message.ShouldContain("/nowhere/broker.json");
}
