using System.Buffers;
using System.Text.Json;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>Writes an event as a JSON object, always with <c>type</c>, <c>sequence_number</c> and <c>job_id</c>.</summary>
internal static class LogEventJson
{
    public static void Write(IBufferWriter<byte> output, LogEvent happened)
    {
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, happened.Type);
        json.WriteNumber("sequence_number"u8, happened.Sequence);
        json.WriteString("job_id"u8, happened.JobId.ToString());
        switch (happened)
        {
            case { Chunk: { } chunk }:
                json.WriteNumber("attempt"u8, happened.AttemptNumber);
                json.WritePropertyName("chunk"u8);
                json.WriteRawValue(chunk, skipInputValidation: true);
                break;
            case { Attempt: { } attempt }:
                WriteAttempt(json, attempt, happened.Type == LogEventTypes.AttemptEnded);
                break;
            case { Ended: { } details }:
                json.WritePropertyName("job"u8);
                JobJson.Write(json, new JobView(details), details.Job.EndedAt ?? default);
                break;
            case { Queued: { } job }:
                json.WriteString("url"u8, job.Operation.Path());
                json.WriteString("model"u8, job.Model);
                json.WriteNumber("created_at"u8, job.CreatedAt.ToUnixTimeSeconds());
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, StoredAttempt attempt, bool ended)
    {
        var endpoint = EndpointId.Parse(attempt.Endpoint);
        json.WriteNumber("attempt"u8, attempt.Number);
        json.WriteString("provider"u8, endpoint.Provider);
        json.WriteString("key"u8, endpoint.Key);
        json.WriteString("model"u8, attempt.UpstreamModel);
        if (ended)
        {
            json.WriteString("outcome"u8, attempt.Outcome is { } outcome ? JobJson.OutcomeName(outcome) : null);
            json.WriteString("failure"u8, JobJson.FailureName(attempt));
            JobJson.WriteUsage(json, attempt.Usage);
        }
    }
}
