using InferenceBroker.Standalone.Run.Input;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests;

public sealed class SamplesTests
{
    [Fact]
    public async Task Every_sample_prompt_is_a_valid_line()
    {
        var index = new LineIndex();
        var faults = new List<LineFault>();

        await InputScan.RunAsync(
            SampleFile(),
            new LineParser(Catalogs.Simple, TimeProvider.System),
            index,
            faults.Add,
            CancellationToken.None
        );

        faults.ShouldBeEmpty();
        index.Count.ShouldBeGreaterThanOrEqualTo(200);
    }

    private static string SampleFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InferenceBroker.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.ShouldNotBeNull().FullName, "samples", "prompts.jsonl");
    }
}
