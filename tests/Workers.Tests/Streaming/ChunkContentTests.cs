using InferenceBroker.Workers.Streaming;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Streaming;

public sealed class ChunkContentTests
{
    [Theory]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":""}}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":null,"refusal":null},"finish_reason":"stop"}]}""", false)]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""", false)]
    [InlineData("""{"error":{"message":"no"}}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"Hm"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}""", true)]
    [InlineData("""{"choices":[{"text":"Hi"}]}""", true)]
    [InlineData("""{"choices":[{"text":""}]}""", false)]
    [InlineData("""{"type":"some.other.event"}""", true)]
    [InlineData("not json", true)]
    public void A_chunk_counts_where_it_carries_something_of_the_answer(string chunk, bool expected)
    {
        ChunkContent.IsIn(chunk).ShouldBe(expected);
    }
}
