using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Run;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Run;

public sealed class RunPathsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.jsonl", "out.errors.jsonl")]
    [InlineData("out.txt", "out.txt.errors.jsonl")]
    [InlineData("new/folder/out.jsonl", "new/folder/out.errors.jsonl")]
    public void Resolve_PutsTheErrorsBesideTheOutput(string output, string errors)
    {
        var input = _folder.Write("in.jsonl", "{}");

        RunPaths.Resolve(input, _folder.File(output)).Errors.ShouldBe(_folder.File(errors));
    }

    [Fact]
    public void Resolve_LeavesTheOutputAsItWas()
    {
        var input = _folder.Write("in.jsonl", "{}");
        var before = _folder.Write("before.jsonl", "{}");

        RunPaths.Resolve(input, _folder.File("out.jsonl"));
        RunPaths.Resolve(input, before);

        File.Exists(_folder.File("out.jsonl")).ShouldBeFalse();
        File.ReadAllText(before).ShouldBe("{}\n");
    }

    [Fact]
    public void Resolve_MissingInput_IsRefused()
    {
        Refuse(_folder.File("no.jsonl"), _folder.File("out.jsonl")).ShouldContain("no.jsonl");
    }

    [Theory]
    [InlineData("in.jsonl")]
    [InlineData("./x/../in.jsonl")]
    public void Resolve_OutputIsInput_IsRefusedAndTheInputStays(string output)
    {
        var input = _folder.Write("in.jsonl", "{}");

        Refuse(input, _folder.File(output)).ShouldContain("overwrite the input");
        File.ReadAllText(input).ShouldBe("{}\n");
    }

    [Fact]
    public void Resolve_ErrorsFileIsInput_IsRefused()
    {
        var input = _folder.Write("out.errors.jsonl", "{}");

        Refuse(input, _folder.File("out.jsonl")).ShouldContain("overwrite the input");
    }

    [Fact]
    public void Resolve_OutputIsAFolder_IsRefused()
    {
        Refuse(_folder.Write("in.jsonl", "{}"), _folder.Path).ShouldContain("is a folder");
    }

    [Fact]
    public void Resolve_OutputCannotBeWritten_IsRefused()
    {
        var input = _folder.Write("in.jsonl", "{}");

        Refuse(input, Path.Combine(input, "out.jsonl")).ShouldContain("cannot be written");
    }

    private static string Refuse(string input, string output) =>
        Should.Throw<UsageException>(() => RunPaths.Resolve(input, output)).Message;
}
