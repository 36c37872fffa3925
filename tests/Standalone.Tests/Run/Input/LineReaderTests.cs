using System.Text;
using InferenceBroker.Standalone.Run.Input;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run.Input;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\nb", "1:a 2:b")]
    [InlineData("a\r\nb\r\n", "1:a 2:b")]
    [InlineData("\uFEFFa\nb", "1:a 2:b")]
    [InlineData("a\n\n  \nb", "1:a 4:b")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Lines_are_numbered_as_an_editor_does_and_blank_ones_skipped(string text, string expected)
    {
        (await ReadAsync(Encoding.UTF8.GetBytes(text), 100)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("ok\n0123456789x\nok", "1:ok 2:too long 3:ok")]
    [InlineData("ok\n0123456789x", "1:ok 2:too long")]
    [InlineData("0123456789\n", "1:0123456789")]
    public async Task A_line_over_the_limit_is_told_and_the_next_one_read(string text, string expected)
    {
        (await ReadAsync(Encoding.UTF8.GetBytes(text), 10)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_line_over_the_limit_that_spans_many_reads_is_told_once()
    {
        var text = "a\n" + new string('x', 1_000_000) + "\nb\n" + new string('y', 500_000);

        (await ReadAsync(Encoding.UTF8.GetBytes(text), 1000)).ShouldBe("1:a 2:too long 3:b 4:too long");
    }

    [Fact]
    public async Task A_line_longer_than_a_read_comes_whole()
    {
        var text = new string('x', 400_000);

        (await ReadAsync(Encoding.UTF8.GetBytes(text + "\nb"), 1_000_000)).ShouldBe($"1:{text} 2:b");
    }

    private static async Task<string> ReadAsync(byte[] bytes, int limit)
    {
        var lines = new List<string>();
        using var stream = new MemoryStream(bytes);
        await foreach (var line in new LineReader(stream, limit).ReadAsync(CancellationToken.None))
        {
            lines.Add($"{line.Number}:{(line.TooLong ? "too long" : Encoding.UTF8.GetString(line.Bytes.Span))}");
        }

        return string.Join(' ', lines);
    }
}
