using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Submission;

namespace InferenceBroker.Api.Admin;

/// <summary>Reads the small JSON bodies of the administration.</summary>
internal static class AdminBody
{
    private const int MaxBytes = 64 * 1024;

    /// <param name="empty">Stands for an empty body. Null: there has to be one.</param>
    public static async Task<(T? Body, ApiError? Error)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, T? empty = null)
        where T : AdminRequest
    {
        var (received, error) = await RequestBody.ReadAsync(context, MaxBytes);
        if (error is not null)
        {
            return (null, error);
        }

        return received.Length == 0 && empty is not null ? (empty, null) : Parse(received, type);
    }

    private static (T? Body, ApiError? Error) Parse<T>(byte[] received, JsonTypeInfo<T> type)
        where T : AdminRequest
    {
        try
        {
            return JsonSerializer.Deserialize(received, type) switch
            {
                null => (null, ApiError.Missing("body")),
                { Others.Count: > 0 } body => (null, ApiError.Unknown(body.Others.First().Key)),
                var body => (body, null),
            };
        }
        catch (JsonException exception)
        {
            return (null, ApiError.InvalidJson($"see {exception.Path ?? "$"}."));
        }
    }
}
