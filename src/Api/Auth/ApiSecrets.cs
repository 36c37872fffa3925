using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Auth;

/// <summary>The secrets that come from configuration: the admin key (only its hash stays) and the key that signs job tokens.</summary>
internal sealed class ApiSecrets
{
    public const string AdminKeyName = "BROKER_ADMIN_KEY";
    public const string DefaultKeyName = "BROKER_API_KEY";

    public ApiSecrets(IConfiguration configuration, IOptions<ApiOptions> options)
    {
        var admin = configuration[AdminKeyName];
        AdminKeyHash = string.IsNullOrEmpty(admin) ? null : KeySecrets.Hash(admin);
        var shared = options.Value.TokenSecret ?? admin;
        TokenKeyIsShared = !string.IsNullOrEmpty(shared);
        var material = TokenKeyIsShared ? Encoding.UTF8.GetBytes(shared!) : RandomNumberGenerator.GetBytes(32);
        TokenKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: "inference-broker job token"u8.ToArray());
    }

    public byte[]? AdminKeyHash { get; }

    public byte[] TokenKey { get; }

    /// <summary>False: neither a token secret nor an admin key is configured, so tokens are good for this process only.</summary>
    public bool TokenKeyIsShared { get; }
}
