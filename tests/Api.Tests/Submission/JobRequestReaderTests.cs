using System.Text;
using System.Text.Json;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Submission;

public sealed class JobRequestReaderTests
{
    [Theory]
    [InlineData("""{"fallbacks":["model-b"],"model":"model-a","messages":[1]}""", """{"model":"model-a","messages":[1]}""")]
    [InlineData("""{"model":"model-a", "fallbacks" : ["model-b"] ,"messages":[1]}""", """{"model":"model-a" ,"messages":[1]}""")]
    [InlineData("""{"model":"model-a","messages":[1],"fallbacks":["model-b"]}""", """{"model":"model-a","messages":[1]}""")]
    [InlineData("""{ "fallbacks":["model-b"] }""", """{ }""")]
    [InlineData("""{ "model" : "model-a",  "messages":[ 1 ] }""", """{ "model" : "model-a",  "messages":[ 1 ] }""")]
    public void Inference_BrokerFieldIsCutAndTheRestStaysAsItWas(string sent, string kept)
    {
        var received = Encoding.UTF8.GetBytes(sent);

        JobRequestReader.ReadInference(received, Operation.ChatCompletions, out var request).ShouldBeNull();

        var copy = Encoding.UTF8.GetString(request.Body!.CopyFor(received));
        copy.ShouldBe(kept);
        JsonDocument.Parse(copy).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public void Job_BodyIsTheVeryBytesThatWereSent()
    {
        var received = """{"priority":3,"body":{"model":"m","messages":[ {"role" :"user"} ],"x":1.0},"metadata":{"a":"b"}}"""u8.ToArray();

        JobRequestReader.ReadJob(received, out var request).ShouldBeNull();

        Encoding.UTF8.GetString(request.Body!.CopyFor(received)).ShouldBe("""{"model":"m","messages":[ {"role" :"user"} ],"x":1.0}""");
        request.Priority.ShouldBe(3);
        request.Metadata.ShouldBe("""{"a":"b"}""");
    }

    [Fact]
    public void Inference_FindsWhatTheBrokerNeedsToKnow()
    {
        var received =
            """
            {"model":"model-a","stream":true,"stream_options":{"include_usage":true},"max_tokens":7,"max_completion_tokens":9,"prompt":"x","input":[]}
            """u8.ToArray();

        JobRequestReader.ReadInference(received, Operation.Completions, out var request).ShouldBeNull();

        var body = request.Body!;
        body.Streaming.ShouldBeTrue();
        body.WantsUsageChunk.ShouldBeTrue();
        body.MaxOutputTokens.ShouldBe(9);
        body.Prompt.ShouldBe(InputKind.Text);
        body.Input.ShouldBe(InputKind.Empty);
        body.Messages.ShouldBe(InputKind.Absent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"body":{"model":"a"}} {}""")]
    [InlineData("""{"body":{"model":"\ud800"}}""")]
    [InlineData("""{"priority":12.5.1}""")]
    public void Job_BrokenJsonIsCalledSo(string sent)
    {
        JobRequestReader.ReadJob(Encoding.UTF8.GetBytes(sent), out _)!.Code.ShouldBe("invalid_json");
    }
}
