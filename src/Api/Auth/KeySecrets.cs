using System.Security.Cryptography;
using System.Text;

namespace InferenceBroker.Api.Auth;

/// <summary>Makes, masks and hashes the secrets of API keys.</summary>
internal static class KeySecrets
{
    public const string Prefix = "sk-brk-";
    private const int RandomCharacters = 40;
    private const int MaxLength = 512;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Create() => Prefix + RandomNumberGenerator.GetString(Base62, RandomCharacters);

    public static string Mask(string secret) =>
        secret.Length < 12 ? "…" : $"{(secret.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix : "")}…{secret[^4..]}";

    /// <summary>A plain hash is enough: the secrets are random, so there is nothing to guess slowly.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool IsPlausible(string secret) => secret.Length is > 0 and <= MaxLength;
}
