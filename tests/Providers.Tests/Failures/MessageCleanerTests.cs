using InferenceBroker.Providers.Failures;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Failures;

public sealed class MessageCleanerTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  plain \n\t text ", "plain text")]
    [InlineData("Incorrect API key provided: sk-proj-abc*****xyz.", "Incorrect API key provided: [removed]")]
    [InlineData("header 'Authorization: Bearer abc.def' is wrong", "header 'Authorization: Bearer [removed]' is wrong")]
    [InlineData("key gsk_1234567890 and AIzaSyA1234567890abcdef", "key [removed] and [removed]")]
    [InlineData("GET /v1/x?key=abc123&y=1 failed", "GET /v1/x?key=[removed]&y=1 failed")]
    [InlineData("token 0123456789abcdef0123456789abcdef0123 expired", "token [removed] expired")]
    [InlineData("the model `gpt-4o-mini-2024-07-18` isn't here", "the model `gpt-4o-mini-2024-07-18` isn't here")]
    [InlineData(
        "Input should be a string [input_value={'a': 1}, input_type=dict]",
        "Input should be a string [input_value=[removed], input_type=dict]"
    )]
    public void Clean_takes_keys_out(string? message, string expected) => MessageCleaner.Clean(message).ShouldBe(expected);

    [Theory]
    [InlineData("\"", "\"")]
    [InlineData("'", "'")]
    [InlineData("`", "`")]
    [InlineData("“", "”")]
    [InlineData("{", "}")]
    [InlineData("[", "]")]
    [InlineData("\"", "")]
    public void Clean_takes_long_echoes_out(string open, string close)
    {
        var prompt = string.Join(' ', Enumerable.Repeat("my private words don't matter", 5));

        var cleaned = MessageCleaner.Clean($"Invalid value: {open}{prompt}{close}");

        cleaned.ShouldBe("Invalid value: [removed]");
    }

    [Fact]
    public void Clean_keeps_short_quotations() =>
        MessageCleaner.Clean("'messages' must hold the word \"json\"").ShouldBe("'messages' must hold the word \"json\"");

    [Fact]
    public void Clean_cuts_at_500_characters()
    {
        var cleaned = MessageCleaner.Clean(string.Concat(Enumerable.Repeat("word ", 1000)));

        cleaned.Length.ShouldBe(500);
        cleaned.ShouldEndWith("…");
    }
}
