using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.DataFolder;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.DataFolder;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_process_is_turned_away_until_the_first_has_ended()
    {
        var path = _folder.File("data");
        using (DataFolderLock.Take(path))
        {
            Should.Throw<UsageException>(() => DataFolderLock.Take(path)).Message.ShouldContain("another broker process");
        }

        DataFolderLock.Take(path).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_explained()
    {
        var file = _folder.Write("file", "x");

        Should.Throw<UsageException>(() => DataFolderLock.Take(Path.Combine(file, "data"))).Message.ShouldContain("data");
    }

    [Fact]
    public void A_secret_is_made_once_and_only_its_owner_can_read_it()
    {
        var path = _folder.File("api.key");

        var (secret, created) = SecretFile.ReadOrCreate(path);

        created.ShouldBeTrue();
        secret.ShouldStartWith("sk-brk-");
        secret.Length.ShouldBeGreaterThan(40);
        SecretFile.ReadOrCreate(path).ShouldBe((secret, false));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
