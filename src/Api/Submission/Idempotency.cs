using System.Security.Cryptography;
using System.Text;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>Reads <c>Idempotency-Key</c> and hashes the request that it stands for.</summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    public static ApiError? Read(HttpRequest request, byte[] body, out IdempotencyKey? key)
    {
        key = null;
        var value = request.Headers[Header].ToString();
        if (value.Length == 0)
        {
            return request.Headers.ContainsKey(Header) ? Wrong() : null;
        }

        if (value.Length > MaxLength || value.Any(char.IsControl))
        {
            return Wrong();
        }

        key = new IdempotencyKey(value, Hash($"{request.Method} {request.Path}", body));
        return null;
    }

    private static ApiError Wrong() => ApiError.Invalid(Header, $"expected 1 to {MaxLength} printable characters.");

    private static byte[] Hash(string call, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(call));
        hash.AppendData([(byte)'\n']);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
