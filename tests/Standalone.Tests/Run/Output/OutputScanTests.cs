using System.Text;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Run.Input;
using InferenceBroker.Standalone.Run.Output;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run.Output;

public sealed class OutputScanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LineIndex _index = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_torn_at_any_byte_is_cut_and_the_others_stay()
    {
        var first = Answer("a", content: 1);
        var second = Encoding.UTF8.GetBytes(Answer("b", content: 2, text: "ünï"));
        var path = _folder.File("out.jsonl");
        for (var kept = 0; kept < second.Length; kept++)
        {
            await File.WriteAllBytesAsync(path, [.. Encoding.UTF8.GetBytes(first + "\n"), .. second[..kept]]);

            var index = IndexOf(("a", 1), ("b", 2));
            (await OutputScan.RunAsync(path, index, CancellationToken.None)).ShouldBe(1, $"torn after {kept} bytes");

            (await File.ReadAllTextAsync(path)).ShouldBe(first + "\n");
            index.FindByName(LineKey.NameOf("b"))!.Value.Status.ShouldBe(LineStatus.Pending);
        }
    }

    [Fact]
    public async Task A_whole_last_line_without_its_line_end_counts_and_gets_one()
    {
        var path = _folder.File("out.jsonl");
        await File.WriteAllTextAsync(path, Answer("a", 1));

        (await OutputScan.RunAsync(path, IndexOf(("a", 1)), CancellationToken.None)).ShouldBe(1);

        (await File.ReadAllTextAsync(path)).ShouldBe(Answer("a", 1) + "\n");
    }

    [Fact]
    public async Task A_second_answer_goes_and_the_first_stays()
    {
        var path = _folder.Write("out.jsonl", Answer("a", 1, text: "first"), Answer("a", 1, text: "second"));

        (await OutputScan.RunAsync(path, IndexOf(("a", 1)), CancellationToken.None)).ShouldBe(1);

        (await File.ReadAllTextAsync(path)).ShouldBe(Answer("a", 1, text: "first") + "\n");
    }

    [Fact]
    public async Task The_answer_to_a_line_that_was_edited_goes()
    {
        var path = _folder.Write("out.jsonl", Answer("a", 1), Answer("b", 2));

        (await OutputScan.RunAsync(path, IndexOf(("a", 9), ("b", 2)), CancellationToken.None)).ShouldBe(1);

        (await File.ReadAllTextAsync(path)).ShouldBe(Answer("b", 2) + "\n");
    }

    [Fact]
    public async Task Answers_that_the_input_does_not_know_stay()
    {
        var path = _folder.Write("out.jsonl", Answer("other", 5));

        (await OutputScan.RunAsync(path, IndexOf(("a", 1)), CancellationToken.None)).ShouldBe(0);

        (await File.ReadAllTextAsync(path)).ShouldBe(Answer("other", 5) + "\n");
    }

    [Fact]
    public async Task An_answer_of_another_tool_counts_by_its_custom_id()
    {
        var path = _folder.Write(
            "out.jsonl",
            """{"custom_id":"a","response":{"status_code":200,"request_id":"req_1","body":{}},"error":null}"""
        );

        (await OutputScan.RunAsync(path, IndexOf(("a", 1)), CancellationToken.None)).ShouldBe(1);
    }

    [Theory]
    [InlineData("# A text\nwith lines\n")]
    [InlineData("# A text\nwith a torn line")]
    [InlineData("one line\n")]
    [InlineData("one line without an end")]
    public async Task Another_file_is_refused_and_left_alone(string text)
    {
        var path = _folder.File("README.md");
        await File.WriteAllTextAsync(path, text);

        await Should.ThrowAsync<UsageException>(() => OutputScan.RunAsync(path, _index, CancellationToken.None));

        (await File.ReadAllTextAsync(path)).ShouldBe(text);
    }

    private static LineIndex IndexOf(params (string CustomId, ulong Content)[] lines)
    {
        var index = new LineIndex();
        foreach (var (customId, content) in lines)
        {
            index.TryAdd(new LineKey(LineKey.NameOf(customId), content), 1);
        }

        return index;
    }

    private static string Answer(string customId, ulong content, string text = "x")
    {
        JobId id = LineJobId.Create(TimeProvider.System, content, 0);
        id = new JobId(new Guid("01900000-0000-7000-" + id.Value.ToString()[19..]));
        return $$$"""{"id":"batch_req_1","custom_id":"{{{customId}}}","response":{"status_code":200,"request_id":"{{{id}}}","body":{"t":"{{{text}}}"}},"error":null}""";
    }
}
