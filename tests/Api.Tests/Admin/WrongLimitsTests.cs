using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Admin;

public sealed class WrongLimitsTests(SharedAdminHost shared) : IClassFixture<SharedAdminHost>
{
    private static readonly (string Method, string Path, string Other)[] Calls =
    [
        ("POST", "/admin/tenants", "\"name\":\"acme\","),
        ("PATCH", "/admin/tenants/default", "\"weight\":9,"),
        ("POST", "/admin/keys", "\"tenant\":\"default\","),
        ("PATCH", "/admin/keys/1", ""),
    ];

    [Theory]
    [InlineData(
        """{"requests_per_minute":0}""",
        "limits.requests_per_minute",
        "0 is not allowed: expected an integer from 1 to 2147483647"
    )]
    [InlineData("""{"max_in_flight":-4}""", "limits.max_in_flight", "-4 is not allowed")]
    [InlineData("""{"max_in_flight":1.5}""", "limits.max_in_flight", "1.5 is not allowed")]
    [InlineData("""{"max_in_flight":"many"}""", "limits.max_in_flight", "\"many\" is not allowed")]
    [InlineData("""{"usd_per_day":0}""", "limits.usd_per_day", "0 is not allowed: expected US dollars above 0")]
    [InlineData("""{"usd_per_day":"free"}""", "limits.usd_per_day", "\"free\" is not allowed")]
    [InlineData("""{"requests_per_hour":5}""", "limits", "'requests_per_hour' is not known here (requests_per_minute, tokens_per_minute")]
    [InlineData("7", "limits", "7 is no object of limits")]
    [InlineData(
        """{"input_tokens_per_minute":11,"tokens_per_minute":10}""",
        "limits.input_tokens_per_minute",
        "11 is above tokens_per_minute, which is 10"
    )]
    [InlineData(
        """{"output_tokens_per_minute":11,"tokens_per_minute":10}""",
        "limits.output_tokens_per_minute",
        "11 is above tokens_per_minute, which is 10"
    )]
    [InlineData("""{"usd_per_day":2.5,"usd_per_month":2}""", "limits.usd_per_day", "2.5 is above usd_per_month, which is 2")]
    [InlineData("""{"max_in_flight_per_batch":3,"max_in_flight":2}""", "limits.max_in_flight_per_batch", "3 is above max_in_flight")]
    public async Task WrongLimits_AreRefusedAndChangeNothing(string limits, string param, string message)
    {
        var api = shared.Api;

        foreach (var (method, path, rest) in Calls)
        {
            var error = await api.FailAsync(method, path, "{" + rest + "\"limits\":" + limits + "}");
            (error.Status, error.Param).ShouldBe((400, param), path);
            error.Message.ShouldContain(message);
        }

        (await api.World.Placement.ReadLimitsAsync(CancellationToken.None)).ShouldBeEmpty();
        var tenants = (await api.CallAsync("GET", "/admin/tenants")).GetProperty("data");
        tenants.GetArrayLength().ShouldBe(1);
        tenants[0].GetProperty("weight").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("/admin/tenants/nobody", """{"weight":2}""", 404, "tenant_not_found")]
    [InlineData("/admin/tenants/77", """{"weight":2}""", 404, "tenant_not_found")]
    [InlineData("/admin/tenants/default", """{"weight":0}""", 400, "invalid_value")]
    [InlineData("/admin/tenants/default", """{"wieght":2}""", 400, "unknown_parameter")]
    [InlineData("/admin/tenants/default", "null", 400, "missing_required_parameter")]
    public async Task WrongChangeOfATenant_IsRefused(string path, string body, int status, string code)
    {
        var api = shared.Api;

        var error = await api.FailAsync("PATCH", path, body);

        (error.Status, error.Code).ShouldBe((status, code));
    }
}
