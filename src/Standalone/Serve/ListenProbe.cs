using System.Net;
using System.Net.Sockets;
using InferenceBroker.Standalone.CommandLine;

namespace InferenceBroker.Standalone.Serve;

/// <summary>
/// Finds out before anything is started whether the addresses are free: the web server starts last, and would take the running roles down
/// with it.
/// </summary>
internal static class ListenProbe
{
    /// <exception cref="UsageException">An address is taken, or cannot be understood.</exception>
    public static void Check(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = Parse(url);
            if (address.Port != 0 && !address.IsUnixPipe && IpOf(address.Host) is { } ip && !CanBind(new IPEndPoint(ip, address.Port)))
            {
                throw new UsageException($"Another process listens on {url}. Choose another address with --urls.");
            }
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--urls '{url}' is no address such as {ServeOptions.DefaultUrls}.", e);
        }
    }

    private static IPAddress? IpOf(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip
        : null;

    private static bool CanBind(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException)
        {
            // Whatever else is wrong, the server says it better.
            return true;
        }
    }
}
