using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class PlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void Find_CommandLine_WinsOverTheEnvironment()
    {
        _environment["BROKER_CONFIG"] = "other.json";
        _environment["BROKER_DATA"] = "other";

        var places = Find("--config", "mine.json", "--data", "/srv/data");

        places.ConfigurationFile.ShouldBe(Path.Combine(_folder.Path, "mine.json"));
        places.DataDirectory.ShouldBe("/srv/data");
    }

    [Fact]
    public void Find_Environment_WinsOverTheWorkingDirectory()
    {
        _folder.Write("broker.json", "{}");
        _environment["BROKER_CONFIG"] = "other.json";

        Find().ConfigurationFile.ShouldBe(Path.Combine(_folder.Path, "other.json"));
    }

    [Fact]
    public void Find_Nothing_LooksInTheWorkingDirectory()
    {
        Find().ConfigurationFile.ShouldBeNull();
        Find().DataDirectory.ShouldBe(Path.Combine(_folder.Path, "data"));

        var file = _folder.Write("broker.json", "{}");

        Find().ConfigurationFile.ShouldBe(file);
    }

    public void Dispose() => _folder.Dispose();

    private Places Find(params string[] args) =>
        Places.Find(new ConfigurationBuilder().AddCommandLine(args).Build(), _environment, _folder.Path);
}
