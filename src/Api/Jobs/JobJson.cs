using System.Buffers;
using System.Text.Json;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>Writes the job object. By hand: it is on the hot path, and its answer and metadata are JSON already.</summary>
internal static class JobJson
{
    private const decimal NanoUsdPerDollar = 1_000_000_000m;

    public static ReadOnlyMemory<byte> Write(JobView view, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + (view.Details.Result?.Body.Length ?? 0));
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        Write(json, view, now);
        json.Flush();
        return buffer.WrittenMemory;
    }

    public static void Write(Utf8JsonWriter json, JobView view, DateTimeOffset now)
    {
        var job = view.Details.Job;
        json.WriteStartObject();
        json.WriteString("id"u8, job.Id.ToString());
        json.WriteString("object"u8, "job"u8);
        json.WriteString("status"u8, JobStatuses.Of(job.State));
        json.WriteString("status_reason"u8, view.Reason ?? JobStatuses.ReasonOf(job, now));
        json.WriteString("url"u8, job.Operation.Path());
        json.WriteString("model"u8, job.Model);
        json.WriteNumber("priority"u8, job.Priority);
        WriteSeconds(json, "created_at"u8, job.CreatedAt);
        WriteSeconds(json, "started_at"u8, job.StartedAt);
        WriteSeconds(json, "completed_at"u8, job.EndedAt);
        WriteSeconds(json, "expires_at"u8, job.Deadline);
        WriteQueue(json, view.Queue);
        WriteResponse(json, view.Details.Result);
        WriteError(json, job);
        WriteUsage(json, job.Usage);
        json.WriteNumber("cost"u8, job.CostNanoUsd / NanoUsdPerDollar);
        json.WriteString("cache"u8, "miss"u8);
        json.WriteStartArray("attempts"u8);
        foreach (var attempt in view.Details.Attempts)
        {
            WriteAttempt(json, attempt);
        }

        json.WriteEndArray();
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(job.Metadata ?? "{}", skipInputValidation: true);
        json.WriteString("batch_id"u8, job.BatchId);
        json.WriteEndObject();
    }

    private static void WriteQueue(Utf8JsonWriter json, QueuePosition? queue)
    {
        json.WritePropertyName("queue"u8);
        if (queue is not { } known)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("position"u8, known.Position);
        WriteNumber(json, "eta_seconds"u8, known.EtaSeconds);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, StoredResult? result)
    {
        json.WritePropertyName("response"u8);
        if (result is null || result.Body.Length == 0)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("status_code"u8, result.StatusCode);
        json.WritePropertyName("body"u8);
        RawJson.Write(json, result.Body);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, StoredJob job)
    {
        json.WritePropertyName("error"u8);
        if (JobFailures.Of(job) is not { } error)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type);
        json.WriteString("param"u8, error.Param);
        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, StoredAttempt attempt)
    {
        var endpoint = EndpointId.Parse(attempt.Endpoint);
        json.WriteStartObject();
        json.WriteNumber("number"u8, attempt.Number);
        json.WriteString("provider"u8, endpoint.Provider);
        json.WriteString("key"u8, endpoint.Key);
        json.WriteString("model"u8, attempt.UpstreamModel);
        json.WriteString("outcome"u8, attempt.Outcome is { } outcome ? OutcomeName(outcome) : null);
        json.WriteString("failure"u8, FailureName(attempt));
        WriteMilliseconds(json, "started_at_ms"u8, attempt.StartedAt);
        WriteMilliseconds(json, "ended_at_ms"u8, attempt.EndedAt);
        WriteNumber(json, "ttft_ms"u8, attempt.TimeToFirstTokenMs);
        WriteUsage(json, attempt.Usage);
        json.WriteNumber("cost"u8, attempt.CostNanoUsd / NanoUsdPerDollar);
        json.WriteEndObject();
    }

    public static string OutcomeName(AttemptOutcome outcome) =>
        outcome switch
        {
            AttemptOutcome.Succeeded => "succeeded",
            AttemptOutcome.Failed => "failed",
            AttemptOutcome.Superseded => "superseded",
            AttemptOutcome.Cancelled => "cancelled",
            _ => "handed_back",
        };

    public static string? FailureName(StoredAttempt attempt) =>
        attempt.Failure == FailureClass.None ? null : FailureRules.Of(attempt.Failure).Name;

    public static void WriteUsage(Utf8JsonWriter json, TokenUsage? usage)
    {
        json.WritePropertyName("usage"u8);
        if (usage is not { } known)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, known.InputTokens);
        json.WriteNumber("output_tokens"u8, known.OutputTokens);
        json.WriteNumber("total_tokens"u8, known.TotalTokens);
        json.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time) =>
        WriteNumber(json, name, time?.ToUnixTimeSeconds());

    private static void WriteMilliseconds(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time) =>
        WriteNumber(json, name, time?.ToUnixTimeMilliseconds());

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
