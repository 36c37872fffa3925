using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>Makes virtual hosts on a server through its HTTP API: a fraction of a second each, where <c>rabbitmqctl</c> needs seconds. Thread safe.</summary>
/// <param name="server">The amqp URI with the user, who has to be an administrator.</param>
internal sealed class VirtualHosts(Uri server, Uri management)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>An empty virtual host that nobody else was given, as an amqp URI.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.CreateVersion7():N}";
        var user = Uri.UnescapeDataString(server.UserInfo.Split(':')[0]);
        await PutAsync($"api/vhosts/{name}", new { }, cancellationToken);
        await PutAsync(
            $"api/permissions/{name}/{Uri.EscapeDataString(user)}",
            new
            {
                configure = ".*",
                write = ".*",
                read = ".*",
            },
            cancellationToken
        );
        return new UriBuilder(server) { Path = name }.Uri.ToString();
    }

    private async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(management, path)) { Content = JsonContent.Create(body) };
        var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(server.UserInfo));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var answer = await Http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
