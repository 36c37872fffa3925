using System.Text.Json;
using InferenceBroker.Api.Admin;
using InferenceBroker.Api.Tests.Fakes;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Admin;

public sealed class ProviderTests
{
    [Fact]
    public async Task Providers_AreShownWithoutSecrets()
    {
        await using var api = await AdminHost.StartAsync();
        await api.CallAsync("POST", "/admin/providers/sim/keys/default/pause", """{"reason":"why not"}""");
        await api.CallAsync("POST", "/admin/endpoints/sim/default/sim-x", """{"action":"drain"}""");

        var list = await api.CallAsync("GET", "/admin/providers");

        var text = list.GetRawText();
        text.ShouldNotContain(FakeConnections.Secret);
        text.ShouldNotContain("hidden");
        var provider = list.GetProperty("data")[0];
        provider.GetProperty("name").GetString().ShouldBe("sim");
        provider.GetProperty("base_url").GetString().ShouldBe("http://127.0.0.1:9/v1");
        provider.GetProperty("concurrency").GetInt32().ShouldBe(8);
        provider.GetProperty("control").ValueKind.ShouldBe(JsonValueKind.Null);
        provider.GetProperty("settings").GetProperty("header.x-secret").GetString().ShouldBe("…");
        provider.GetProperty("settings").GetProperty("latencyms").GetString().ShouldBe("5");
        var key = provider.GetProperty("keys")[0];
        key.GetProperty("name").GetString().ShouldBe("default");
        key.GetProperty("masked_secret").GetString().ShouldBe("…6789");
        key.GetProperty("control").GetProperty("reason").GetString().ShouldBe("why not");
        var endpoint = provider.GetProperty("endpoints")[0];
        endpoint.GetProperty("id").GetString().ShouldBe("sim/default/sim-x");
        endpoint.GetProperty("control").GetProperty("state").GetString().ShouldBe("draining");
        endpoint.GetProperty("state").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Endpoints_ShowWhatTheLeaderKnows()
    {
        var placement = new FakePlacementStore();
        var overview = new ProviderOverview(new FakeCatalog(), new FakeConnections(), placement, new KnownStates());

        var provider = (await overview.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem();

        var endpoint = provider.Endpoints.ShouldHaveSingleItem();
        endpoint.Id.ShouldBe("sim/default/model-a");
        endpoint.State!.Value.GetProperty("health").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task Models_AreShownWithPolicyAndTargets()
    {
        await using var api = await AdminHost.StartAsync();

        var list = await api.CallAsync("GET", "/admin/models");

        var route = list.GetProperty("data")[0];
        route.GetProperty("name").GetString().ShouldBe("model-a");
        route.GetProperty("policy").GetString().ShouldBe("weighted");
        route.GetProperty("targets")[0].GetProperty("provider").GetString().ShouldBe("sim");
        route.GetProperty("targets")[0].GetProperty("json_schema").GetBoolean().ShouldBeTrue();
        list.GetProperty("limits").GetProperty("max_attempts").GetInt32().ShouldBe(4);
        list.GetProperty("rules").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Rules_AreWrittenAsInTheFile()
    {
        var rule = new RoutingRule(
            [
                new TextCondition(RuleField.Metadata, "task", [new TextPattern("a"), new TextPattern("b*")]),
                new TextCondition(RuleField.Header, "x-team", [new TextPattern("search")]),
                new CapabilityCondition(Capabilities.Vision, IsUsed: false),
                new PromptTokensCondition(10, int.MaxValue),
                new TimeOfDayCondition(new TimeOnly(22, 0), new TimeOnly(6, 30)),
            ],
            "chat"
        );

        RuleAnswer
            .Of(rule)
            .When.ToJsonString()
            .ShouldBe(
                """{"metadata.task":["a","b*"],"headers.x-team":["search"],"hasImages":false,"minPromptTokens":10,"maxPromptTokens":null,"timeUtc":"22:00-06:30"}"""
            );
    }

    private sealed class KnownStates : IEndpointStates
    {
        public Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, JsonElement>>(
                new Dictionary<string, JsonElement>(StringComparer.Ordinal)
                {
                    ["sim/default/model-a"] = JsonDocument.Parse("""{"health":"open"}""").RootElement,
                    ["other/default/model-a"] = default,
                }
            );
    }
}
