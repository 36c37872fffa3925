using System.Text;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Providers.OpenAI;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData(
        """{"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12,"prompt_tokens_details":{"prompt_tokens":99}}}""",
        5,
        7
    )]
    [InlineData("""{"usage":{"input_tokens":5,"output_tokens":7}}""", 5, 7)]
    [InlineData("""{"usage":{"prompt_tokens":5,"total_tokens":5}}""", 5, 0)]
    [InlineData("""{"x_groq":{"id":"req","usage":{"prompt_tokens":5,"completion_tokens":7}}}""", 5, 7)]
    [InlineData("""{"choices":[{"index":0,"usage":{"prompt_tokens":5,"completion_tokens":7}}]}""", 5, 7)]
    public void Usage_is_found_wherever_providers_put_it(string json, int input, int output) =>
        Read(json).Usage.ShouldBe(new TokenUsage(input, output));

    [Theory]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":{}}""")]
    [InlineData("""{"choices":[]}""")]
    public void Usage_that_is_missing_is_null(string json) => Read(json).Usage.ShouldBeNull();

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"a"}}]}""", true)]
    [InlineData("""{"choices":[{"message":{"refusal":"no"}}]}""", true)]
    [InlineData("""{"choices":[{"text":"a"}]}""", true)]
    [InlineData("""{"data":[{"embedding":[1]}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":""}}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":null,"tool_calls":[]}}]}""", false)]
    [InlineData("""{"choices":[{"delta":null}]}""", false)]
    [InlineData("""{"choices":null}""", false)]
    public void Content_is_what_a_model_wrote(string json, bool expected) => Read(json).HasContent.ShouldBe(expected);

    [Theory]
    [InlineData("stop", null)]
    [InlineData("length", null)]
    [InlineData("content_filter", null)]
    [InlineData("error", "error")]
    [InlineData("ERROR", "ERROR")]
    [InlineData("TIMEOUT", "TIMEOUT")]
    [InlineData("OTHER", "OTHER")]
    [InlineData("insufficient_system_resource", "insufficient_system_resource")]
    [InlineData("MALFORMED_FUNCTION_CALL", "MALFORMED_FUNCTION_CALL")]
    public void Finish_reason_may_mean_a_failed_attempt(string reason, string? failed)
    {
        var facts = Read($$"""{"choices":[{"finish_reason":"{{reason}}"}]}""");

        facts.IsFinished.ShouldBeTrue();
        facts.FailedReason.ShouldBe(failed);
    }

    [Theory]
    [InlineData("""{"error":{"message":"x"}}""", true)]
    [InlineData("""{"error":"x"}""", true)]
    [InlineData("""{"error":true}""", true)]
    [InlineData("""{"error":null,"choices":[]}""", false)]
    [InlineData("""{"error":""}""", false)]
    [InlineData("""{"error":false}""", false)]
    public void Error_counts_where_it_says_something(string json, bool expected) => Read(json).HasError.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"choices\":[{\"ind")]
    [InlineData("{} x")]
    public void Anything_but_an_object_is_refused(string json) => AnswerReader.TryRead(Encoding.UTF8.GetBytes(json), out _).ShouldBeFalse();

    private static AnswerFacts Read(string json)
    {
        AnswerReader.TryRead(Encoding.UTF8.GetBytes(json), out var facts).ShouldBeTrue();
        return facts;
    }
}
