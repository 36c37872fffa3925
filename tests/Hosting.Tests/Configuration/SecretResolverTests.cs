using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class SecretResolverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultList _faults = new();

    [Fact]
    public void Resolve_FileBesideTheConfiguration_IsReadWithoutItsLineEnd()
    {
        _folder.Write("key.txt", "sk-from-file\n");

        Resolve("file:key.txt").ShouldBe("sk-from-file");
        _faults.Faults.ShouldBeEmpty();
        _faults.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Resolve_Literal_WarnsWithoutShowingIt()
    {
        Resolve("sk-literal").ShouldBe("sk-literal");

        _faults.Warnings.ShouldHaveSingleItem().ToString().ShouldNotContain("sk-literal");
    }

    [Fact]
    public void Resolve_NoSecret_NeedsNoWarning()
    {
        Resolve("").ShouldBe("");

        _faults.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("env:EMPTY")]
    [InlineData("env:MISSING")]
    [InlineData("file:missing.txt")]
    [InlineData("file:")]
    public void Resolve_ReferenceToNothing_IsAFaultThatShowsTheReference(string reference)
    {
        Resolve(reference).ShouldBe("");

        _faults.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith($"here: '{reference}'");
    }

    public void Dispose() => _folder.Dispose();

    private string Resolve(string value) =>
        new SecretResolver(new Dictionary<string, string> { ["EMPTY"] = "" }, _folder.Path, _faults).Resolve("here", value);
}
