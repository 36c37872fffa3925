using System.Net;
using System.Text.Json;
using Shouldly;

namespace InferenceBroker.Api.Tests.Admin;

/// <summary>Calls of the administration.</summary>
internal static class AdminHost
{
    public static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.AdminKey);
        return api;
    }

    /// <summary>The answer of a call that succeeds.</summary>
    public static async Task<JsonElement> CallAsync(this ApiHost api, string method, string path, string? json = null)
    {
        using var response = await api.SendAsync(HttpMethod.Parse(method), path, json);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The error of a call that fails.</summary>
    public static async Task<(int Status, string? Code, string? Param, string Message)> FailAsync(
        this ApiHost api,
        string method,
        string path,
        string? json = null
    )
    {
        using var response = await api.SendAsync(HttpMethod.Parse(method), path, json);
        var error = (await ApiHost.JsonAsync(response)).GetProperty("error");
        return (
            (int)response.StatusCode,
            error.GetProperty("code").GetString(),
            error.GetProperty("param").GetString(),
            error.GetProperty("message").GetString()!
        );
    }
}
