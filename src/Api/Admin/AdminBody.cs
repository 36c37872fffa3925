using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Submission;

namespace InferenceBroker.Api.Admin;

/// <summary>Reads the small JSON bodies of the administration.</summary>
internal static class AdminBody
{
    private const int MaxBytes = 64 * 1024;

    public static async Task<(T? Body, ApiError? Error)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var (received, error) = await RequestBody.ReadAsync(context, MaxBytes);
        if (error is not null)
        {
            return (null, error);
        }

        try
        {
            return JsonSerializer.Deserialize(received, type) is { } body ? (body, null) : (null, ApiError.Missing("body"));
        }
        catch (JsonException exception)
        {
            return (null, ApiError.InvalidJson($"see {exception.Path ?? "$"}."));
        }
    }
}
