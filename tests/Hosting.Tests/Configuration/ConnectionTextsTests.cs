using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class ConnectionTextsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Read_Nothing_MeansEmbedded(string? text) => Read(text).ShouldBe(new ConnectionTexts(null, null));

    [Fact]
    public void Read_ConnectionString_IsKeptAsItIs() =>
        Read("Host=db;Username=u;Password=p").Postgres.ShouldBe("Host=db;Username=u;Password=p");

    [Theory]
    [InlineData("Server name=db;Password=hidden")]
    [InlineData("Password=hidden")]
    [InlineData("hidden")]
    public void Read_Nonsense_IsAFaultThatShowsNoPassword(string text) =>
        Should.Throw<ConfigurationFaultsException>(() => Read(text)).Message.ShouldNotContain("hidden");

    private static ConnectionTexts Read(string? postgres) =>
        ConnectionTexts.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Postgres"] = postgres })
                .Build()
        );
}
