using System.Net;
using System.Net.Sockets;
using InferenceBroker.Standalone.CommandLine;
using InferenceBroker.Standalone.Serve;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Serve;

public sealed class ListenProbeTests
{
    [Fact]
    public void A_taken_port_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        Should.Throw<UsageException>(() => ListenProbe.Check(url)).Message.ShouldContain(url);
    }

    [Fact]
    public void A_wrong_address_is_named()
    {
        Should.Throw<UsageException>(() => ListenProbe.Check("nonsense")).Message.ShouldContain("nonsense");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0;http://[::1]:0")]
    public void Free_addresses_pass(string? urls)
    {
        Should.NotThrow(() => ListenProbe.Check(urls));
    }
}
