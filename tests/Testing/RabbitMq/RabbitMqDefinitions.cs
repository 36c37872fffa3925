using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// What a server has from its first start on, and again after a wipe: user guest and one virtual host.
/// </summary>
internal static class RabbitMqDefinitions
{
    public const string User = "guest";
    public const string Password = "guest";
    public const string VirtualHost = "test";

    public static string Json() =>
        JsonSerializer.Serialize(
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
                vhosts = new[] { new { name = VirtualHost } },
                permissions = new[]
                {
                    new
                    {
                        user = User,
                        vhost = VirtualHost,
                        configure = ".*",
                        write = ".*",
                        read = ".*",
                    },
                },
            }
        );

    private static string PasswordHash()
    {
        byte[] salt = [1, 2, 3, 4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)])]);
    }
}
