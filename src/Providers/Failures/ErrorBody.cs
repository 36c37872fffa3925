using System.Text;
using System.Text.Json;

namespace InferenceBroker.Providers.Failures;

/// <summary>What an error answer says, whatever its shape.</summary>
/// <param name="Status">A status inside the body, as gateways send it with an error in the middle of a stream.</param>
/// <param name="RetryDelay">The wait that the body asks for (Google's <c>retryDelay</c>).</param>
internal sealed record ErrorBody(
    string? Message = null,
    string? Type = null,
    string? Code = null,
    string? Param = null,
    int? Status = null,
    TimeSpan? RetryDelay = null
)
{
    private const int LongestPlainText = 2000;

    /// <summary>Reads <c>{error:{…}}</c>, <c>{error:"…"}</c>, <c>{errors:[…]}</c>, <c>{detail}</c>, <c>{message}</c>, any of them in an array, or plain text.</summary>
    public static ErrorBody Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return new ErrorBody();
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return PlainText(utf8.Span);
        }
    }

    /// <summary>The texts that name an error, without those that describe it.</summary>
    public bool Names(string code) =>
        string.Equals(Code, code, StringComparison.OrdinalIgnoreCase) || string.Equals(Type, code, StringComparison.OrdinalIgnoreCase);

    private static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
        {
            root = root[0];
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new ErrorBody(Text(root));
        }

        foreach (var name in (ReadOnlySpan<string>)["error", "errors", "detail"])
        {
            if (root.TryGetProperty(name, out var error) && ReadError(error) is { } found)
            {
                return found;
            }
        }

        return FromObject(root);
    }

    private static ErrorBody? ReadError(JsonElement error) =>
        error.ValueKind switch
        {
            JsonValueKind.Object => FromObject(error),
            JsonValueKind.String => new ErrorBody(error.GetString()),
            JsonValueKind.Array when error.GetArrayLength() > 0 => ReadError(error[0]),
            _ => null,
        };

    private static ErrorBody FromObject(JsonElement error)
    {
        var code = Get(error, "code");
        int? status = code is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
        var codeText = status is null ? Text(code) : Text(Get(error, "status"));
        return new ErrorBody(
            Text(Get(error, "message")) ?? Text(Get(error, "msg")),
            Text(Get(error, "type")) ?? Text(Get(error, "__type")),
            codeText,
            Text(Get(error, "param")),
            status,
            RetryDelayIn(error)
        );
    }

    private static TimeSpan? RetryDelayIn(JsonElement error)
    {
        if (Get(error, "details") is not { ValueKind: JsonValueKind.Array } details)
        {
            return null;
        }

        foreach (var detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object && Text(Get(detail, "retryDelay")) is { } delay)
            {
                return DurationText.Parse(delay);
            }
        }

        return null;
    }

    private static JsonElement? Get(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static ErrorBody PlainText(ReadOnlySpan<byte> utf8)
    {
        // An HTML page comes from a proxy in between and says nothing that its status does not say.
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestPlainText)]).Trim();
        return text.StartsWith('<') || text.StartsWith('{') ? new ErrorBody() : new ErrorBody(text);
    }
}
