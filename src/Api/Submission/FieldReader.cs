using System.Globalization;
using System.Text.Json;
using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Submission;

/// <summary>Reads one field's value each; the reader stands on the field's name before and on the value's last token after.</summary>
internal static class FieldReader
{
    /// <summary>No text with NUL: PostgreSQL stores none.</summary>
    public static ApiError? Text(ref Utf8JsonReader json, string param, int maxLength, out string? value)
    {
        value = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.String)
        {
            return Skip(ref json, param, "expected a string.");
        }

        var text = json.GetString()!;
        if (text.Length == 0 || text.Length > maxLength || text.Contains('\0'))
        {
            return ApiError.Invalid(param, $"expected 1 to {maxLength} characters without NUL.");
        }

        value = text;
        return null;
    }

    public static ApiError? Integer(ref Utf8JsonReader json, string param, int min, int max, out int? value)
    {
        value = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var number) || number < min || number > max)
        {
            return Skip(ref json, param, $"expected an integer from {min} to {max}.");
        }

        value = number;
        return null;
    }

    public static ApiError? Flag(ref Utf8JsonReader json, string param, out bool value)
    {
        json.Read();
        value = json.TokenType == JsonTokenType.True;
        return json.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
            ? null
            : Skip(ref json, param, "expected true or false.");
    }

    public static ApiError? Time(ref Utf8JsonReader json, string param, out DateTimeOffset? value)
    {
        value = null;
        if (Text(ref json, param, 64, out var text) is { } error)
        {
            return error;
        }

        if (text is null)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return ApiError.Invalid(param, "expected a time such as 2026-01-02T03:04:05Z.");
        }

        value = time.ToUniversalTime();
        return null;
    }

    public static ApiError? Texts(ref Utf8JsonReader json, string param, int maxCount, int maxLength, out IReadOnlyList<string>? values)
    {
        values = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return Skip(ref json, param, "expected an array of strings.");
        }

        var list = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.String || list.Count == maxCount)
            {
                return ApiError.Invalid(param, $"expected an array of at most {maxCount} strings.");
            }

            var text = json.GetString()!;
            if (text.Length == 0 || text.Length > maxLength || text.Contains('\0'))
            {
                return ApiError.Invalid(param, $"expected strings of 1 to {maxLength} characters without NUL.");
            }

            list.Add(text);
        }

        values = list;
        return null;
    }

    /// <summary>Passes over a wrong value, so that broken JSON behind it is still found as such.</summary>
    private static ApiError Skip(ref Utf8JsonReader json, string param, string message)
    {
        json.Skip();
        return ApiError.Invalid(param, message);
    }
}
