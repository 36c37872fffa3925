using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Sdk;

/// <summary>The unmodified npm packages <c>openai</c> and <c>@microsoft/signalr</c> work against the broker.</summary>
[Collection(SdkCollection.Name)]
public sealed class NodeClientsTests(SdkCluster sdk)
{
    [Fact]
    public async Task The_openai_package_completes_streams_embeds_and_sees_clear_errors()
    {
        var result = await NodeScript.RunAsync("openai.mjs", $"{sdk.Cluster.Apis[0].Url}", BrokerCluster.ApiKey);

        result.GetProperty("plain").GetString()!.ShouldContain("Why is the sky blue?");
        result.GetProperty("streamed").GetString()!.ShouldContain("Why is the sky blue?");
        result.GetProperty("pieces").GetInt32().ShouldBeGreaterThan(1);
        result.GetProperty("requestId").GetString().ShouldNotBeNullOrEmpty();
        result.GetProperty("dimensions").GetInt32().ShouldBeGreaterThan(1);
        result.GetProperty("models").EnumerateArray().Select(m => m.GetString()).ShouldContain("gpt-4o-mini");
        result.GetProperty("unknown").GetProperty("status").GetInt32().ShouldBe(404);
        result.GetProperty("unknown").GetProperty("code").GetString().ShouldBe("model_not_found");
    }

    [Fact]
    public async Task The_signalr_package_streams_a_job_and_resumes_on_another_api()
    {
        var result = await NodeScript.RunAsync(
            "signalr.mjs",
            $"{sdk.Cluster.Apis[0].Url}",
            $"{sdk.Cluster.Apis[1].Url}",
            BrokerCluster.ApiKey
        );

        var events = result.GetProperty("before").EnumerateArray().Concat(result.GetProperty("rest").EnumerateArray()).ToArray();
        events.Select(e => e.GetProperty("sequence").GetInt32()).ShouldBe(Enumerable.Range(1, events.Length));
        events[^1].GetProperty("type").GetString().ShouldBe("job.completed");
        result.GetProperty("status").GetString().ShouldBe("completed");
    }
}
