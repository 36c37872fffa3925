using System.Text;
using InferenceBroker.Providers.Sse;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Sse;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "a|b")]
    [InlineData("data: a\r\rdata: b\r\r", "a|b")]
    [InlineData("data: a\r\n\ndata: b\n\r\n", "a|b")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\ndata\n\n", "\n")]
    [InlineData(": keep-alive\n\n: OPENROUTER PROCESSING\n\ndata: a\n\n", "a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("event: ping\n\ndata: a\n\n", "a")]
    [InlineData("event: error\ndata: a\n\ndata: b\n\n", "error:a|b")]
    [InlineData("id: 1\nretry: 10\nunknown: x\ndata: a\n\n", "a")]
    [InlineData("\n\n\ndata: a\n\n\n\n", "a")]
    [InlineData("data: a\n\ndata: unfinished", "a|unfinished")]
    [InlineData("data: äöü€😀\n\n", "äöü€😀")]
    [InlineData("", "")]
    public async Task Events_of_a_stream(string stream, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);

        (await ReadAllAsync(new SplitStream(bytes, bytes.Length))).ShouldBe(expected);
        for (var split = 1; split < bytes.Length; split++)
        {
            (await ReadAllAsync(new SplitStream(bytes, split))).ShouldBe(expected, $"split after {split} bytes");
        }

        (await ReadAllAsync(new SplitStream(bytes, 1, always: true))).ShouldBe(expected, "byte by byte");
    }

    [Fact]
    public async Task Random_splits_change_nothing()
    {
        var random = new Random(42);
        for (var round = 0; round < 200; round++)
        {
            var events = Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), random.Next(1, 3000)) + "é").ToArray();
            var bytes = Encoding.UTF8.GetBytes(string.Concat(events.Select(text => $": x\r\ndata: {text}\r\n\r\n")));

            var read = await ReadAllAsync(new SplitStream(bytes, random.Next(1, 5000), always: true));

            read.ShouldBe(string.Join('|', events));
        }
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes("data: " + new string('x', SseReader.LongestLine + 10));

        await Should.ThrowAsync<InvalidDataException>(() => ReadAllAsync(new SplitStream(bytes, 65536, always: true)));
    }

    [Fact]
    public async Task An_event_of_many_lines_that_is_too_long_is_refused()
    {
        var line = $"data: {new string('x', 1000)}\n";
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 1100)));

        await Should.ThrowAsync<InvalidDataException>(() => ReadAllAsync(new SplitStream(bytes, bytes.Length)));
    }

    private static async Task<string> ReadAllAsync(Stream stream)
    {
        using var reader = new SseReader(stream);
        var events = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            var data = Encoding.UTF8.GetString(reader.Data.Span);
            events.Add(reader.EventName is { } name ? $"{name}:{data}" : data);
        }

        return string.Join('|', events);
    }
}
