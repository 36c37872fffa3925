using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Standalone.Run.Input;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run.Input;

public sealed class LineParserTests
{
    private const string Body = """ "body":{"model":"gpt-4o-mini","messages":[]} """;

    [Fact]
    public void Parse_ValidLine_KeepsTheBodyByteForByte()
    {
        var line = Parse(
            """{"body": { "max_tokens": 40,  "model":"gpt-4o", "x":[1.50, "é"] }, "custom_id":"a-1","method":"POST","url":"/v1/chat/completions","priority":3}"""
        )
            .Line.ShouldNotBeNull();

        Encoding.UTF8.GetString(line.Body.Span).ShouldBe("""{ "max_tokens": 40,  "model":"gpt-4o", "x":[1.50, "é"] }""");
        line.CustomId.ShouldBe("a-1");
        line.Model.ShouldBe("gpt-4o");
        line.Operation.ShouldBe(Operation.ChatCompletions);
        line.MaxOutputTokens.ShouldBe(40);
        line.Streaming.ShouldBeFalse();
        line.Number.ShouldBe(12);
    }

    [Theory]
    [InlineData(
        """{"custom_id":"a","url":"/v1/embeddings","metadata":{"task":"x"},"body":{"model":"text-e","metadata":{"task":"y"}}}""",
        """{"task":"x"}"""
    )]
    [InlineData("""{"custom_id":"a","url":"/v1/embeddings","body":{"model":"text-e","metadata":{"task":"y"}}}""", """{"task":"y"}""")]
    [InlineData("""{"custom_id":"a","url":"/v1/embeddings","body":{"model":"text-e","metadata":{"task":1}}}""", null)]
    [InlineData("""{"custom_id":"a","url":"/v1/embeddings","body":{"model":"text-e"}}""", null)]
    public void Parse_Metadata_TheLinesOwnWinsOverTheBodys(string text, string? expected)
    {
        Parse(text).Line.ShouldNotBeNull().Metadata.ShouldBe(expected);
    }

    [Theory]
    [InlineData("not json", "invalid_json_line")]
    [InlineData("{\"custom_id\":\"a\"", "invalid_json_line")]
    [InlineData("{} {}", "invalid_json_line")]
    [InlineData("[]", "invalid_json_line")]
    [InlineData("\"text\"", "invalid_json_line")]
    [InlineData("{\"custom_id\":\"\\ud800\"}", "invalid_json_line")]
    [InlineData("""{"url":"/v1/chat/completions",""" + Body + "}", "missing_required_parameter")]
    [InlineData("""{"custom_id":"","url":"/v1/chat/completions",""" + Body + "}", "missing_required_parameter")]
    [InlineData("""{"custom_id":null,"url":"/v1/chat/completions",""" + Body + "}", "missing_required_parameter")]
    [InlineData("""{"custom_id":7,"url":"/v1/chat/completions",""" + Body + "}", "invalid_parameter")]
    [InlineData("""{"custom_id":"a",""" + Body + "}", "missing_required_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions"}""", "missing_required_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":null}""", "missing_required_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":[]}""", "invalid_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":{"messages":[]}}""", "missing_required_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":{"model":3}}""", "invalid_parameter")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":{"model":"unknown"}}""", "model_not_found")]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","metadata":{"a":1},"body":{"model":"gpt-4o"}}""", "invalid_parameter")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/chat/completions",""" + Body + "}", "invalid_method")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/images",""" + Body + "}", "invalid_url")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"https://x/v1/chat/completions",""" + Body + "}", "invalid_url")]
    public void Parse_InvalidLine_SaysWhy(string text, string code)
    {
        var fault = Parse(text).Fault.ShouldNotBeNull();

        fault.Code.ShouldBe(code);
        fault.Line.ShouldBe(12);
        fault.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Parse_NotUtf8_IsInvalidJson()
    {
        var (line, fault) = new LineParser(Catalogs.Simple, TimeProvider.System).Parse(
            new RawLine(3, new byte[] { (byte)'{', 0xFF, (byte)'}' }, TooLong: false)
        );

        line.ShouldBeNull();
        fault.ShouldNotBeNull().Code.ShouldBe("invalid_json_line");
    }

    [Fact]
    public void Parse_TooLong_SaysTheLimit()
    {
        var fault = new LineParser(Catalogs.Simple, TimeProvider.System)
            .Parse(new RawLine(3, default, TooLong: true))
            .Fault.ShouldNotBeNull();

        fault.Code.ShouldBe("line_too_long");
        fault.Message.ShouldContain("32 MB");
    }

    [Fact]
    public void Parse_TooLongCustomId_IsRefused()
    {
        Parse(Lines.Chat(new string('x', 513))).Fault.ShouldNotBeNull().Code.ShouldBe("invalid_parameter");
    }

    [Fact]
    public void A_fault_never_repeats_the_prompt()
    {
        var fault = Parse(
            """{"custom_id":"a","url":"/v1/x","body":{"model":"gpt-4o","messages":[{"role":"user","content":"secret"}]}}"""
        ).Fault;

        fault.ShouldNotBeNull().Message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_rule_may_send_a_model_without_a_route_somewhere()
    {
        var rule = new RoutingRule([new TextCondition(RuleField.Metadata, "task", [new TextPattern("x")])], "gpt-*");
        var catalog = new Catalog(Catalogs.Simple.Providers, Catalogs.Simple.Routes, new JobLimits()) { Rules = new RuleSet([rule]) };

        var placement = ParseWith(
            catalog,
            """{"custom_id":"a","url":"/v1/chat/completions","metadata":{"task":"x"},"body":{"model":"auto","tools":[{}],"messages":[1]}}"""
        )
            .Line.ShouldNotBeNull()
            .Placement;

        (placement.Route, placement.Needs, placement.Affinity).ShouldBe(("gpt-*", (int)Capabilities.Tools, null));
        placement.InputTokens.ShouldBePositive();
        ParseWith(catalog, """{"custom_id":"a","url":"/v1/chat/completions","body":{"model":"auto","messages":[1]}}""")
            .Fault.ShouldNotBeNull()
            .Code.ShouldBe("model_not_found");
    }

    private static (InputLine? Line, LineFault? Fault) ParseWith(Catalog catalog, string text) =>
        new LineParser(catalog, TimeProvider.System).Parse(new RawLine(1, Encoding.UTF8.GetBytes(text), TooLong: false));

    private static (InputLine? Line, LineFault? Fault) Parse(string text) =>
        new LineParser(Catalogs.Simple, TimeProvider.System).Parse(new RawLine(12, Encoding.UTF8.GetBytes(text), TooLong: false));
}
