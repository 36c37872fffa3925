using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class OwnedDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Ensure_NewFolder_IsForItsOwnerOnly()
    {
        var path = Path.Combine(_folder.Path, "data");

        OwnedDirectory.Ensure(path);
        OwnedDirectory.Ensure(path);

        Directory.Exists(path).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Ensure_FileInTheWay_IsAConfigurationFault()
    {
        var path = _folder.Write("data", "");

        Should.Throw<ConfigurationFaultsException>(() => OwnedDirectory.Ensure(path)).Message.ShouldContain(path);
    }

    public void Dispose() => _folder.Dispose();
}
