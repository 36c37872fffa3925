using System.Text.Json;
using InferenceBroker.Persistence.Placement;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Admin;

public sealed class LimitsTests
{
    private static async Task<LimitsRecord> StoredAsync(ApiHost api) =>
        (await api.World.Placement.ReadLimitsAsync(CancellationToken.None)).ShouldHaveSingleItem();

    [Fact]
    public async Task Tenant_IsMadeWithLimits()
    {
        await using var api = await AdminHost.StartAsync();

        var tenant = await api.CallAsync("POST", "/admin/tenants", """{"name":"acme","limits":{"max_in_flight":5,"usd_per_day":0.5}}""");

        tenant.GetProperty("limits").GetProperty("max_in_flight").GetInt32().ShouldBe(5);
        (await StoredAsync(api)).ShouldBe(
            new LimitsRecord(tenant.GetProperty("id").GetInt32(), null, """{"max_in_flight":5,"usd_per_day":0.5}""")
        );
        (await api.CallAsync("GET", "/admin/tenants"))
            .GetProperty("data")[1]
            .GetProperty("limits")
            .GetProperty("usd_per_day")
            .GetDecimal()
            .ShouldBe(0.5m);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("1")]
    public async Task Tenant_IsChangedByNameOrNumber(string tenant)
    {
        await using var api = await AdminHost.StartAsync();

        var changed = await api.CallAsync("PATCH", $"/admin/tenants/{tenant}", """{"weight":3,"limits":{"requests_per_minute":60}}""");

        changed.GetProperty("weight").GetInt32().ShouldBe(3);
        var read = await api.CallAsync("GET", $"/admin/tenants/{tenant}");
        read.GetProperty("weight").GetInt32().ShouldBe(3);
        read.GetProperty("limits").GetProperty("requests_per_minute").GetInt32().ShouldBe(60);
        read.GetProperty("limits").GetProperty("tokens_per_minute").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Limits_ThatAreNotNamedStay_NullRemovesOne_NullForAllRemovesAll()
    {
        await using var api = await AdminHost.StartAsync();
        await api.CallAsync("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_minute":60,"tokens_per_minute":1000}}""");

        await api.CallAsync("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_minute":null,"max_in_flight":4}}""");
        (await StoredAsync(api)).Limits.ShouldBe("""{"tokens_per_minute":1000,"max_in_flight":4}""");
        await api.CallAsync("PATCH", "/admin/tenants/default", """{"weight":2}""");
        (await StoredAsync(api)).Limits.ShouldBe("""{"tokens_per_minute":1000,"max_in_flight":4}""");

        await api.CallAsync("PATCH", "/admin/tenants/default", """{"limits":null}""");
        (await api.World.Placement.ReadLimitsAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Key_HasLimitsOfItsOwn()
    {
        await using var api = await AdminHost.StartAsync();
        var key = await api.CallAsync("POST", "/admin/keys", """{"tenant":"default","limits":{"usd_per_month":20}}""");
        var id = key.GetProperty("id").GetInt32();

        await api.CallAsync("PATCH", $"/admin/keys/{id}", """{"limits":{"usd_per_day":2.5}}""");

        (await StoredAsync(api)).ShouldBe(new LimitsRecord(1, id, """{"usd_per_day":2.5,"usd_per_month":20}"""));
        var read = await api.CallAsync("GET", $"/admin/keys/{id}");
        read.GetProperty("tenant").GetString().ShouldBe("default");
        read.GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        read.GetProperty("limits").GetProperty("usd_per_month").GetDecimal().ShouldBe(20);
        (await api.FailAsync("PATCH", "/admin/keys/999", "{}")).Code.ShouldBe("key_not_found");
        (await api.FailAsync("GET", "/admin/keys/x")).Code.ShouldBe("key_not_found");
    }

    [Fact]
    public async Task Contradiction_WithALimitThatIsStored_IsRefused()
    {
        await using var api = await AdminHost.StartAsync();
        await api.CallAsync("PATCH", "/admin/tenants/default", """{"limits":{"tokens_per_minute":100}}""");

        var error = await api.FailAsync("PATCH", "/admin/tenants/default", """{"limits":{"input_tokens_per_minute":101}}""");

        (error.Status, error.Param).ShouldBe((400, "limits.input_tokens_per_minute"));
    }
}
