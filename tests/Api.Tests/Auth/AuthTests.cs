using System.Net;
using System.Net.Http.Headers;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Auth;

public sealed class AuthTests
{
    [Theory]
    [InlineData("/v1/jobs", null)]
    [InlineData("/v1/jobs", "Bearer sk-brk-wrong")]
    [InlineData("/v1/jobs", "Basic c2stYnJrOng=")]
    [InlineData("/V1/Jobs", null)]
    [InlineData("/admin/keys", null)]
    [InlineData("/hubs/jobs", null)]
    public async Task NoOrWrongKey_Is401(string path, string? authorization)
    {
        await using var api = await ApiHost.StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        using var response = await api.Http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ApiHost.JsonAsync(response)).GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_api_key");
    }

    [Fact]
    public async Task WrongKey_HasItsOwnMessage()
    {
        await using var api = await ApiHost.StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", "sk-brk-wrong");

        using var response = await api.Http.GetAsync("/v1/models");

        (await response.Content.ReadAsStringAsync()).ShouldBe(
            """{"error":{"message":"The API key or token is wrong, has expired or was deleted.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""
        );
    }

    [Fact]
    public async Task Admin_IsClosedToTenantsAndTenantsCallsToTheAdmin()
    {
        await using var api = await ApiHost.StartAsync();

        using var asTenant = await api.Http.GetAsync("/Admin/tenants");
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        using var asAdmin = await api.Http.GetAsync("/v1/jobs");

        asTenant.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        asAdmin.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Keys_AreCachedAndAskedForAgainAfterAWhile()
    {
        await using var api = await ApiHost.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            (await api.Http.GetAsync("/v1/models")).Dispose();
        }

        api.World.Tenants.KeyReads.ShouldBe(1);
        api.World.Time.Advance(TimeSpan.FromSeconds(31));
        (await api.Http.GetAsync("/v1/models")).Dispose();
        api.World.Tenants.KeyReads.ShouldBe(2);
    }

    [Fact]
    public async Task Key_MadeByTheAdmin_WorksForItsTenantUntilItIsDeleted()
    {
        await using var api = await ApiHost.StartAsync();
        var mine = await api.SubmitAsync();
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        (await api.PostAsync("/admin/tenants", """{"name":"acme","weight":2}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync("/admin/tenants", """{"name":"acme"}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var key = await ApiHost.JsonAsync(await api.PostAsync("/admin/keys", """{"tenant":"acme","name":"ci"}"""));
        var secret = key.GetProperty("secret").GetString()!;

        secret.ShouldMatch("^sk-brk-[0-9A-Za-z]{32,}$");
        key.GetProperty("masked_secret").GetString().ShouldBe($"sk-brk-…{secret[^4..]}");
        var list = await api.Http.GetStringAsync("/admin/keys");
        list.ShouldContain("\"acme\"");
        list.ShouldNotContain(secret);

        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await api.Http.GetAsync($"/v1/jobs/{mine}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.Http.GetAsync($"/v1/jobs/{mine}/events")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PostAsync($"/v1/jobs/{mine}/cancel", "")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.Http.DeleteAsync($"/v1/jobs/{mine}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ApiHost.JsonAsync(await api.Http.GetAsync("/v1/jobs"))).GetProperty("data").GetArrayLength().ShouldBe(0);

        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        (await api.Http.DeleteAsync($"/admin/keys/{key.GetProperty("id")}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await api.Http.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task JobToken_ReadsItsJobOnly_OnEveryApi_UntilItExpires()
    {
        await using var api = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync(api.World);
        var id = await api.SubmitAsync();
        var second = await api.SubmitAsync();
        var answer = await ApiHost.JsonAsync(await api.PostAsync($"/v1/jobs/{id}/token", ""));
        var token = answer.GetProperty("token").GetString()!;
        other.Http.DefaultRequestHeaders.Authorization = null;

        answer.GetProperty("expires_at").GetInt64().ShouldBe(api.World.Time.GetUtcNow().ToUnixTimeSeconds() + 900);
        (await other.Http.GetAsync($"/v1/jobs/{id}?access_token={token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.Http.GetAsync($"/v1/jobs/{second}?access_token={token}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync($"/v1/jobs/{id}/cancel?access_token={token}", "")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync($"/v1/jobs?access_token={token}", "{}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var forged = token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..];
        (await other.Http.GetAsync($"/v1/jobs/{id}?access_token={forged}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.Http.GetAsync($"/v1/jobs/{id}?access_token={ApiHost.Key}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        api.World.Time.Advance(TimeSpan.FromSeconds(900));
        (await other.Http.GetAsync($"/v1/jobs/{id}?access_token={token}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
