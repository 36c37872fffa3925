using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.OpenAI;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class ChunkAssemblerTests
{
    [Fact]
    public void Text_reasoning_and_usage() =>
        Assemble(
                Operation.ChatCompletions,
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""",
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":{"reasoning_content":"hm "},"finish_reason":null}]}""",
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":{"reasoning_content":"ok","content":"He"},"finish_reason":null}]}""",
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":{"content":"llo\n\"you\" \ud83d"},"finish_reason":null}]}""",
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":0,"delta":{"content":"\ude00"},"finish_reason":"stop"}]}""",
                """{"id":"c1","object":"chat.completion.chunk","created":7,"model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"""
            )
            .ShouldBe(
                """{"id":"c1","created":7,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello\n\"you\" \ud83d\ude00","reasoning_content":"hm ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2},"object":"chat.completion"}"""
            );

    [Fact]
    public void Tool_calls_are_merged_by_index() =>
        Assemble(
                Operation.ChatCompletions,
                """{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"t0","type":"function","function":{"name":"a","arguments":""}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t1","type":"function","function":{"name":"b","arguments":"{\"y\":"}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}},{"index":1,"function":{"arguments":"2}"}}]},"finish_reason":"tool_calls"}]}"""
            )
            .ShouldBe(
                """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t0","type":"function","function":{"name":"a","arguments":"{}"}},{"id":"t1","type":"function","function":{"name":"b","arguments":"{\"y\":2}"}}]},"finish_reason":"tool_calls"}],"object":"chat.completion"}"""
            );

    [Fact]
    public void Several_choices_are_sorted_and_logprobs_joined() =>
        Assemble(
                Operation.ChatCompletions,
                """{"choices":[{"index":1,"delta":{"content":"b"},"logprobs":{"content":[{"token":"b"}]}}]}""",
                """{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"length"}]}""",
                """{"choices":[{"index":1,"delta":{"content":"c"},"logprobs":{"content":[{"token":"c"}]},"finish_reason":"stop"}]}"""
            )
            .ShouldBe(
                """{"choices":[{"index":0,"message":{"content":"a","role":"assistant"},"finish_reason":"length"},{"index":1,"message":{"content":"bc","role":"assistant"},"logprobs":{"content":[{"token":"b"},{"token":"c"}]},"finish_reason":"stop"}],"object":"chat.completion"}"""
            );

    [Fact]
    public void Parts_after_text_become_an_array() =>
        Assemble(
                Operation.ChatCompletions,
                """{"choices":[{"index":0,"delta":{"role":"assistant","content":"so"}}]}""",
                """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking"}]}}]}"""
            )
            .ShouldContain("""content":[{"type":"text","text":"so"},{"type":"thinking"}]""");

    [Fact]
    public void A_stream_that_broke_off_has_no_finish_reason() =>
        Assemble(Operation.ChatCompletions, """{"choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}""")
            .ShouldContain("\"finish_reason\":null");

    [Fact]
    public void Legacy_completion() =>
        Assemble(
                Operation.Completions,
                """{"id":"c","object":"text_completion","choices":[{"index":0,"text":"On","finish_reason":null}]}""",
                """{"id":"c","object":"text_completion","choices":[{"index":0,"text":"ce","finish_reason":"stop"}]}"""
            )
            .ShouldBe("""{"id":"c","choices":[{"index":0,"text":"Once","finish_reason":"stop"}],"object":"text_completion"}""");

    [Fact]
    public void Fields_that_the_broker_does_not_know_stay() =>
        Assemble(
                Operation.ChatCompletions,
                """{"citations":["u1"],"service_tier":null,"choices":[{"index":0,"delta":{"content":"a"}}]}""",
                """{"service_tier":"flex","choices":[{"index":0,"delta":{},"matched_stop":3}]}"""
            )
            .ShouldStartWith(
                """{"citations":["u1"],"service_tier":"flex","choices":[{"index":0,"message":{"content":"a","role":"assistant"},"matched_stop":3,"""
            );

    [Fact]
    public void No_chunk_no_answer() => new ChunkAssembler(Operation.ChatCompletions).Build().ShouldBeNull();

    private static string Assemble(Operation operation, params string[] chunks)
    {
        var assembler = new ChunkAssembler(operation);
        foreach (var chunk in chunks)
        {
            assembler.Add(Encoding.UTF8.GetBytes(chunk));
        }

        return Encoding.UTF8.GetString(assembler.Build()!);
    }
}
