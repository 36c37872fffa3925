using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using InferenceBroker.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Auth;

/// <summary>
/// Short-lived tokens that let a browser read one job: job, tenant, key and expiry, signed with HMAC-SHA-256. They are not stored; every Api
/// with the same secret accepts them.
/// </summary>
internal sealed class JobTokens(ApiSecrets secrets, TimeProvider time, IOptions<ApiOptions> options)
{
    public const string Prefix = "jt_";
    private const int PayloadLength = 32;
    private const int Length = PayloadLength + HMACSHA256.HashSizeInBytes;

    /// <summary>How long a new token is good for.</summary>
    public TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(options.Value.TokenLifetimeSeconds);

    public (string Token, DateTimeOffset ExpiresAt) Create(Caller caller, JobId id)
    {
        var expiresAt = time.GetUtcNow() + Lifetime;
        var token = new byte[Length];
        id.Value.TryWriteBytes(token.AsSpan(0, 16), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(16), caller.TenantId);
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(20), caller.ApiKeyId);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(24), expiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(secrets.TokenKey, token.AsSpan(0, PayloadLength), token.AsSpan(PayloadLength));
        return (Prefix + Base64Url.EncodeToString(token), expiresAt);
    }

    /// <summary>The caller that a token stands for; null where it is forged, damaged or too old.</summary>
    public Caller? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (
            !token.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base64Url.IsValid(token.AsSpan(Prefix.Length), out var length)
            || length != Length
        )
        {
            return null;
        }

        Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length), bytes);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secrets.TokenKey, bytes[..PayloadLength], signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, bytes[PayloadLength..]))
        {
            return null;
        }

        if (BinaryPrimitives.ReadInt64BigEndian(bytes[24..]) <= time.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        var id = new JobId(new Guid(bytes[..16], bigEndian: true));
        return new Caller(
            BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[20..]),
            IsAdmin: false,
            id
        );
    }
}
