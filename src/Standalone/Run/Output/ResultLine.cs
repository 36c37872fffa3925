using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Standalone.Run.Output;

/// <summary>Writes lines of the output (OpenAI's batch output) and of the errors file.</summary>
internal static class ResultLine
{
    /// <summary>How every answer begins: by this a torn line is told from another file's text.</summary>
    public static ReadOnlySpan<byte> AnswerStart => """{"id":"batch_req_"""u8;

    public static void WriteAnswer(Utf8JsonWriter json, StoredJob job, StoredResult result)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"batch_req_{job.Id.Value:N}");
        json.WriteString("custom_id"u8, job.CustomId);
        json.WritePropertyName("response"u8);
        WriteResponse(json, job.Id, result);
        json.WriteNull("error"u8);
        json.WriteEndObject();
    }

    public static void WriteFailure(Utf8JsonWriter json, int line, StoredJob job, StoredResult? result)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, line);
        json.WriteString("custom_id"u8, job.CustomId);
        json.WritePropertyName("response"u8);
        if (result is null)
        {
            json.WriteNullValue();
        }
        else
        {
            WriteResponse(json, job.Id, result);
        }

        var (code, message) = Describe(job);
        WriteError(json, code, message);
        json.WriteEndObject();
    }

    public static void WriteInvalid(Utf8JsonWriter json, int line, string? customId, string code, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, line);
        json.WriteString("custom_id"u8, customId);
        json.WriteNull("response"u8);
        WriteError(json, code, message);
        json.WriteEndObject();
    }

    private static (string Code, string Message) Describe(StoredJob job) =>
        job switch
        {
            { Error: { } error } => (error.Code, error.Message),
            { State: JobState.Cancelled } => ("job_cancelled", "The job was cancelled."),
            { State: JobState.Expired } => ("job_expired", "The job's deadline passed before it could be answered."),
            _ => ("job_failed", "The job ended without an answer."),
        };

    private static void WriteError(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, JobId id, StoredResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("status_code"u8, result.StatusCode);
        json.WriteString("request_id"u8, id.ToString());
        json.WritePropertyName("body"u8);
        WriteBody(json, result.Body);
        json.WriteEndObject();
    }

    /// <summary>A provider may answer over several lines, with nothing, or with no JSON; the file needs one JSON value.</summary>
    private static void WriteBody(Utf8JsonWriter json, byte[] body)
    {
        if (body.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            json.WriteNullValue();
            return;
        }

        try
        {
            if (body.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0)
            {
                json.WriteRawValue(body);
                return;
            }

            using var document = JsonDocument.Parse(body);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(System.Text.Encoding.UTF8.GetString(body));
        }
    }
}
