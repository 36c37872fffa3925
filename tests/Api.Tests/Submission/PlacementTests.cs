using System.Net;
using System.Text;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Submission;

public sealed class PlacementTests
{
    private const string Chat = """{"model":"auto","messages":[{"role":"user","content":"Hi"}]}""";

    [Fact]
    public async Task A_rule_chooses_the_route_of_a_model_that_only_rules_know_and_the_name_stays()
    {
        await using var api = await StartAsync(Text(RuleField.Model, "", "auto"));

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await ApiHost.JsonAsync(response)).GetProperty("model").GetString().ShouldBe("auto");
        var job = api.Store.All.Single().Submitted;
        (job.Model, job.Route).ShouldBe(("auto", "model-b"));
        (await api.Bus.Submitted.ReadAsync()).Route.ShouldBe("model-b");
    }

    [Fact]
    public async Task A_model_that_neither_a_route_nor_a_rule_knows_is_not_found()
    {
        await using var api = await StartAsync(Text(RuleField.Tenant, "", "another"));

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Rules_see_the_tenant_by_its_name()
    {
        await using var api = await StartAsync(Text(RuleField.Tenant, "", "default"));

        (await SubmitAsync(api, $$"""{"body":{{Chat}}}""")).Route.ShouldBe("model-b");
    }

    [Fact]
    public async Task Rules_see_the_headers_in_any_case()
    {
        await using var api = await StartAsync(Text(RuleField.Header, "x-team", "search"));

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""", ("X-Team", "search"));

        api.Store.All.Single().Submitted.Route.ShouldBe("model-b");
    }

    [Theory]
    [InlineData("""{"metadata":{"a":"b","task":"x"},"body":{"model":"auto","messages":[1]}}""")]
    [InlineData("""{"body":{"metadata":{"task":"x"},"model":"auto","messages":[1]}}""")]
    public async Task Rules_see_the_metadata_of_the_job_or_else_of_the_request(string job)
    {
        await using var api = await StartAsync(Text(RuleField.Metadata, "task", "x"));

        (await SubmitAsync(api, job)).Route.ShouldBe("model-b");
    }

    [Fact]
    public async Task Rules_see_how_long_the_prompt_is()
    {
        await using var api = await StartAsync(new PromptTokensCondition(900, int.MaxValue));

        (await SubmitAsync(api, Long("auto", 'x'))).Route.ShouldBe("model-b");
    }

    [Theory]
    [InlineData("""{"model":"model-a","messages":[{"content":"x"}]}""", Capabilities.None)]
    [InlineData("""{"model":"model-a","tools":[ ],"functions":null,"messages":[1]}""", Capabilities.None)]
    [InlineData("""{"model":"model-a","tools":[{"type":"function"}],"messages":[1]}""", Capabilities.Tools)]
    [InlineData("""{"model":"model-a","functions":[{"a":[]}],"messages":[1]}""", Capabilities.Tools)]
    [InlineData("""{"model":"model-a","response_format":{"type":"json_object"},"messages":[1]}""", Capabilities.None)]
    [InlineData(
        """{"model":"model-a","response_format":{"json_schema":{"type":"x"},"type":"json_schema"},"messages":[1]}""",
        Capabilities.JsonSchema
    )]
    [InlineData("""{"model":"model-a","text":{"v":[1],"format":{"type":"json_schema"}},"messages":[1]}""", Capabilities.JsonSchema)]
    [InlineData(
        """{"model":"model-a","messages":[{"content":[{"type":"text"},{"type":"image_url","image_url":{"url":"u"}}]}]}""",
        Capabilities.Vision
    )]
    [InlineData("""{"model":"model-a","messages":[{"role":"user","content":[{"type":"input_image"}]}]}""", Capabilities.Vision)]
    [InlineData("""{"model":"model-a","messages":[{"content":"image_url"},{"tools":[{"type":"image_url"}]}]}""", Capabilities.None)]
    [InlineData(
        """{"model":"model-a","messages":[{"content":[{"type":"image_url"}]}],"tools":[1]}""",
        Capabilities.Vision | Capabilities.Tools
    )]
    public void A_request_needs_what_it_uses(string body, Capabilities needs)
    {
        var received = Encoding.UTF8.GetBytes(body);

        JobRequestReader.ReadInference(received, Operation.ChatCompletions, out var request).ShouldBeNull();

        request.Body!.Traits.Uses.ShouldBe(needs);
    }

    [Fact]
    public async Task What_a_request_needs_is_stored_and_told()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.PostAsync("/v1/jobs", """{"body":{"model":"model-a","tools":[{}],"messages":[1]}}""");

        api.Store.All.Single().Submitted.Needs.ShouldBe((int)Capabilities.Tools);
        (await api.Bus.Submitted.ReadAsync()).Needs.ShouldBe((int)Capabilities.Tools);
    }

    [Fact]
    public async Task Affinity_where_the_route_does_not_care_is_none()
    {
        await using var api = await ApiHost.StartAsync();

        (await SubmitAsync(api, Keyed("model-a", "k"))).Affinity.ShouldBeNull();
    }

    [Fact]
    public async Task Affinity_is_the_same_for_the_same_model_and_cache_key_only()
    {
        await using var api = await StartWithAffinityAsync();

        var first = (await SubmitAsync(api, Keyed("model-a", "k"))).Affinity.ShouldNotBeNull();

        (await SubmitAsync(api, Keyed("model-a", "k", prompt: "other"))).Affinity.ShouldBe(first);
        (await SubmitAsync(api, Keyed("model-a", "l"))).Affinity.ShouldNotBe(first);
        (await SubmitAsync(api, Keyed("model-b", "k"))).Affinity.ShouldNotBe(first);
        (await SubmitAsync(api, """{"affinity":"k","body":{"model":"model-a","messages":[1]}}""")).Affinity.ShouldBe(first);
    }

    [Fact]
    public async Task Affinity_without_a_key_is_that_of_the_beginning_of_the_prompt()
    {
        await using var api = await StartWithAffinityAsync();

        var first = (await SubmitAsync(api, Long("model-a", 'x', end: "one"))).Affinity.ShouldNotBeNull();

        (await SubmitAsync(api, Long("model-a", 'x', end: "two"))).Affinity.ShouldBe(first);
        (await SubmitAsync(api, Long("model-a", 'y', end: "one"))).Affinity.ShouldNotBe(first);
    }

    [Fact]
    public async Task The_output_is_estimated_by_the_requests_own_limit()
    {
        await using var api = await ApiHost.StartAsync();

        (await OutputAsync("""{"body":{"model":"model-a","messages":[1]}}""")).ShouldBe(-1);
        (await OutputAsync("""{"body":{"model":"model-a","messages":[1],"max_tokens":9}}""")).ShouldBe(9);
        (await OutputAsync("""{"body":{"model":"model-a","messages":[1],"max_output_tokens":8}}""")).ShouldBe(8);
        (await OutputAsync("""{"body":{"model":"model-a","max_tokens":9,"max_completion_tokens":7,"messages":[1]}}""")).ShouldBe(7);
        (await OutputAsync("""{"url":"/v1/embeddings","body":{"model":"model-a","input":"x"}}""")).ShouldBe(0);

        async Task<int> OutputAsync(string job) => (await SubmitAsync(api, job)).EstimatedOutputTokens;
    }

    [Fact]
    public async Task An_image_in_the_prompt_counts_as_an_image_not_as_text()
    {
        await using var api = await ApiHost.StartAsync();
        var url = "data:image/png;base64," + new string('A', 400_000);

        var job = await SubmitAsync(
            api,
            $$$"""{"body":{"model":"model-a","messages":[{"content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}]}}"""
        );

        job.EstimatedInputTokens.ShouldBeInRange(1_000, 1_100);
    }

    private static TextCondition Text(RuleField field, string name, string value) => new(field, name, [new TextPattern(value)]);

    private static string Keyed(string model, string key, string prompt = "x") =>
        $$$"""{"body":{"model":"{{{model}}}","prompt_cache_key":"{{{key}}}","messages":[{"content":"{{{prompt}}}"}]}}""";

    private static string Long(string model, char text, string end = "") =>
        $$$"""{"body":{"model":"{{{model}}}","messages":[{"content":"{{{new string(text, 5_000)}}}{{{end}}}"}]}}""";

    private static Task<ApiHost> StartAsync(RuleCondition condition) =>
        StartAsync(catalog => new Catalog(catalog.Providers, catalog.Routes, catalog.Limits)
        {
            Rules = new RuleSet([new RoutingRule([condition], "model-b")]),
        });

    private static Task<ApiHost> StartWithAffinityAsync() =>
        StartAsync(catalog => new Catalog(
            catalog.Providers,
            [.. catalog.Routes.Select(route => route with { AffinityMargin = 4 })],
            catalog.Limits
        ));

    private static Task<ApiHost> StartAsync(Func<Catalog, Catalog> change)
    {
        var world = new World();
        world.Catalog.Current = change(world.Catalog.Current);
        return ApiHost.StartAsync(world);
    }

    private static async Task<NewJob> SubmitAsync(ApiHost api, string job)
    {
        using var response = await api.PostAsync("/v1/jobs", job);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await api.Bus.Submitted.ReadAsync()).JobId;
        return api.Store.All.Single(stored => stored.Stored.Id.Value == id).Submitted;
    }
}
