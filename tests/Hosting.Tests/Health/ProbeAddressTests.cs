using InferenceBroker.Hosting.Health;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Health;

public sealed class ProbeAddressTests
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:8081/")]
    [InlineData(null, "9000;9001", "http://127.0.0.1:9000/")]
    [InlineData("http://0.0.0.0:9000;http://other:1", "1", "http://127.0.0.1:9000/")]
    [InlineData("http://+:9000", null, "http://127.0.0.1:9000/")]
    [InlineData("http://*:9000", null, "http://127.0.0.1:9000/")]
    [InlineData("http://[::]:9000", null, "http://127.0.0.1:9000/")]
    [InlineData("http://127.0.0.1:9000", null, "http://127.0.0.1:9000/")]
    public void Of_ListeningAddress_IsOneThatCanBeCalled(string? urls, string? ports, string expected) =>
        ProbeAddress.Of(urls, ports, "http://127.0.0.1:8081").ShouldBe(new Uri(expected));
}
