using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// What a server has from its first start on: user guest and some virtual hosts. Declaring them here costs nothing, <c>rabbitmqctl</c>
/// seconds each; and they are there again after a wipe.
/// </summary>
internal static class RabbitMqDefinitions
{
    public const string User = "guest";
    public const string Password = "guest";

    public static string VirtualHost(int number) => $"test-{number}";

    public static string Json(int virtualHosts)
    {
        var names = Enumerable.Range(1, virtualHosts).Select(VirtualHost).ToArray();
        return JsonSerializer.Serialize(
            new
            {
                users = new[]
                {
                    new
                    {
                        name = User,
                        password_hash = PasswordHash(),
                        hashing_algorithm = "rabbit_password_hashing_sha256",
                        tags = "administrator",
                    },
                },
                vhosts = names.Select(name => new { name }),
                permissions = names.Select(name => new
                {
                    user = User,
                    vhost = name,
                    configure = ".*",
                    write = ".*",
                    read = ".*",
                }),
            }
        );
    }

    private static string PasswordHash()
    {
        byte[] salt = [1, 2, 3, 4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)])]);
    }
}
