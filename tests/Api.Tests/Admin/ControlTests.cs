using System.Net;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Admin;

public sealed class ControlTests(SharedAdminHost shared) : IClassFixture<SharedAdminHost>
{
    [Theory]
    [InlineData("/admin/providers/sim/pause", null, "sim", "paused")]
    [InlineData("/admin/providers/sim/resume", "{}", "sim", "active")]
    [InlineData("/admin/providers/sim/drain", null, "sim", "draining")]
    [InlineData("/admin/providers/sim/keys/default/pause", null, "sim/default", "paused")]
    [InlineData("/admin/providers/sim/keys/default/unpark", null, "sim/default", "active")]
    [InlineData("/admin/endpoints/sim/default/sim-fast", """{"action":"drain"}""", "sim/default/sim-fast", "draining")]
    [InlineData("/admin/endpoints/sim/default/sim-a/b%2Fc", """{"action":"unpark"}""", "sim/default/sim-a/b/c", "active")]
    public async Task Control_IsStoredAndAnswered(string path, string? body, string target, string state)
    {
        var api = shared.Api;

        var control = await api.CallAsync("POST", path, body);

        control.GetProperty("target").GetString().ShouldBe(target);
        var stored = (await api.World.Placement.ReadControlsAsync(CancellationToken.None)).Single(c => c.Target == target);
        (stored.Target, stored.State, stored.ChangedAt).ShouldBe((target, state, api.World.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Controls_AreListedWithTheirReasons()
    {
        var api = shared.Api;
        await api.CallAsync("POST", "/admin/providers/sim/pause", """{"reason":"maintenance until ten"}""");

        var list = await api.CallAsync("GET", "/admin/controls");

        list.GetProperty("data")
            .EnumerateArray()
            .Select(c => c.GetRawText())
            .ShouldContain(
                $$"""{"object":"control","target":"sim","state":"paused","reason":"maintenance until ten","changed_at":{{api.World.Time.GetUtcNow().ToUnixTimeSeconds()}}}"""
            );
    }

    [Fact]
    public async Task Unpark_Again_IsANewChange()
    {
        var api = shared.Api;
        await api.CallAsync("POST", "/admin/providers/sim/keys/default/unpark");
        api.World.Time.Advance(TimeSpan.FromSeconds(5));

        var again = await api.CallAsync("POST", "/admin/providers/sim/keys/default/unpark");

        again.GetProperty("changed_at").GetInt64().ShouldBe(api.World.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("/admin/providers/nobody/pause", null, "provider_not_found", "provider", "'nobody'", "sim")]
    [InlineData("/admin/providers/sim/keys/other/pause", null, "key_not_found", "key", "'other'", "default")]
    [InlineData("/admin/endpoints/sim/default/strange", """{"action":"pause"}""", "model_not_found", "model", "'strange'", "*")]
    [InlineData("/admin/endpoints/sim/default/", """{"action":"pause"}""", "model_not_found", "model", "''", "*")]
    public async Task UnknownTarget_Is404AndNamesTheKnownOnes(
        string path,
        string? body,
        string code,
        string param,
        string value,
        string known
    )
    {
        var api = shared.Api;

        var error = await api.FailAsync("POST", path, body);

        (error.Status, error.Code, error.Param).ShouldBe((404, code, param));
        error.Message.ShouldContain(value);
        error.Message.ShouldEndWith($"Known: {known}.");
        (await api.World.Placement.ReadControlsAsync(CancellationToken.None)).ShouldNotContain(c =>
            c.Target.Contains(value.Trim('\'')) && value.Length > 2
        );
    }

    [Theory]
    [InlineData("/admin/providers/sim/stop", null, "action", "'stop' is not allowed: expected pause, resume, drain.")]
    [InlineData("/admin/providers/sim/unpark", null, "action", "'unpark' is not allowed: expected pause, resume, drain.")]
    [InlineData("/admin/providers/sim/keys/default/stop", null, "action", "expected pause, resume, drain, unpark.")]
    [InlineData("/admin/endpoints/sim/default/sim-a", null, "action", "Missing required parameter: 'action'.")]
    [InlineData("/admin/endpoints/sim/default/sim-a", """{"action":"stop"}""", "action", "expected pause, resume, drain, unpark.")]
    [InlineData("/admin/providers/sim/pause", """{"raeson":"x"}""", "raeson", "Unknown parameter")]
    [InlineData("/admin/providers/sim/pause", """{"action":"drain"}""", "action", "Unknown parameter")]
    [InlineData("/admin/providers/sim/pause", "[", null, "not valid JSON")]
    public async Task WrongControl_Is400(string path, string? body, string? param, string message)
    {
        var api = shared.Api;

        var error = await api.FailAsync("POST", path, body);

        (error.Status, error.Param).ShouldBe((400, param));
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task Reason_HasALimit(int length, bool accepted)
    {
        var api = shared.Api;

        using var response = await api.PostAsync("/admin/providers/sim/pause", $$"""{"reason":"{{new string('x', length)}}"}""");

        response.StatusCode.ShouldBe(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("POST", "/admin/providers/sim/pause")]
    [InlineData("GET", "/admin/controls")]
    [InlineData("GET", "/admin/providers")]
    [InlineData("GET", "/admin/models")]
    [InlineData("PATCH", "/admin/tenants/default")]
    [InlineData("PATCH", "/admin/keys/1")]
    public async Task Administration_IsClosedToTenants(string method, string path)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.FailAsync(method, path)).Code.ShouldBe("admin_key_required");
    }
}
