using System.Text;
using System.Text.Json;
using InferenceBroker.Providers.OpenAI;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class RequestSplicerTests
{
    [Theory]
    [InlineData("""{"model":"a","x":1}""", """{"model":"up","x":1}""")]
    [InlineData(
        """{ "x" : [ 1.0,  {"model":"inner"} ] ,  "model" :  "a"  }""",
        """{ "x" : [ 1.0,  {"model":"inner"} ] ,  "model" :  "up"  }"""
    )]
    [InlineData(
        """{"messages":[{"content":"\"model\":\"no\" \u00e9 ä"}],"model":"a\"b\\"}""",
        """{"messages":[{"content":"\"model\":\"no\" \u00e9 ä"}],"model":"up"}"""
    )]
    [InlineData("""{"mod\u0065l":"a"}""", """{"mod\u0065l":"up"}""")]
    [InlineData("""{"model":"a","model":"b"}""", """{"model":"up","model":"up"}""")]
    [InlineData("""{"model":null}""", """{"model":"up"}""")]
    [InlineData("""{"model":{"name":["a"]},"y":2}""", """{"model":"up","y":2}""")]
    [InlineData("""{"x":1}""", """{"model":"up","x":1}""")]
    [InlineData("""  {}  """, """  {"model":"up"}  """)]
    public void Model_is_replaced_and_all_else_stays(string body, string expected) => Splice(body, "up", false).ShouldBe(expected);

    [Theory]
    [InlineData("""{"model":"a","stream":true}""", """{"model":"up","stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":{},"model":"a"}""", """{"stream_options":{"include_usage":true},"model":"up"}""")]
    [InlineData("""{"model":"a","stream_options":null}""", """{"model":"up","stream_options":{"include_usage":true}}""")]
    [InlineData(
        """{"model":"a","stream_options":{"include_usage":false,"z":[1]}}""",
        """{"model":"up","stream_options":{"include_usage":true,"z":[1]}}"""
    )]
    [InlineData(
        """{"model":"a","stream_options":{"include_obfuscation":false}}""",
        """{"model":"up","stream_options":{"include_usage":true,"include_obfuscation":false}}"""
    )]
    [InlineData("""{"stream":true}""", """{"model":"up","stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("{}", """{"model":"up","stream_options":{"include_usage":true}}""")]
    public void Stream_is_asked_for_its_usage(string body, string expected) => Splice(body, "up", true).ShouldBe(expected);

    [Fact]
    public void Model_name_is_escaped() => Splice("""{"model":"a"}""", "a\"b\\é", false).ShouldBe("""{"model":"a\"b\\é"}""");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"model\":\"a\"")]
    [InlineData("{\"model\":\"a\"} {}")]
    [InlineData("{\"model\":\"a\",}")]
    public void A_body_that_is_no_json_object_is_refused(string body) => Should.Throw<JsonException>(() => Splice(body, "up", false));

    [Fact]
    public async Task Written_bytes_are_those_of_the_array()
    {
        var body = RequestSplicer.Splice(Encoding.UTF8.GetBytes("""{"x":1,"model":"a","y":2}"""), "longer-name", true);
        using var stream = new MemoryStream();

        await body.WriteToAsync(stream, CancellationToken.None);

        stream.ToArray().ShouldBe(body.ToArray());
        body.Length.ShouldBe((int)stream.Length);
    }

    private static string Splice(string body, string model, bool askForUsage) =>
        Encoding.UTF8.GetString(RequestSplicer.Splice(Encoding.UTF8.GetBytes(body), model, askForUsage).ToArray());
}
