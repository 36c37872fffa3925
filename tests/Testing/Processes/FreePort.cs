using System.Net;
using System.Net.Sockets;

namespace InferenceBroker.Testing.Processes;

public static class FreePort
{
    /// <summary>A port on the loopback address that nobody listened on a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
