using System.Buffers;
using System.Text.Json;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Explain;

/// <summary>Writes explanations.</summary>
internal static class ExplainJson
{
    private const string Forgotten =
        "The scheduler remembers its latest decisions only. Of attempts without a decision this is all that is stored.";

    public static ReadOnlyMemory<byte> Write(JobDetails details, JobPlacement placement, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        var job = details.Job;
        var decisions = AttemptDecisions.Of(details, placement.Decisions);
        json.WriteStartObject();
        json.WriteString("object"u8, "job.explanation"u8);
        json.WriteString("job_id"u8, job.Id.ToString());
        json.WriteString("model"u8, job.Model);
        json.WriteString("status"u8, JobStatuses.Of(job.State));
        json.WriteString("status_reason"u8, placement.Job?.Reason ?? JobStatuses.ReasonOf(job, now));
        WriteQueue(json, placement.Job);
        WriteRoutes(json, placement.Routes);
        json.WritePropertyName("dispatched"u8);
        Write(json, AttemptDecisions.Pending(job, placement.Decisions));
        json.WriteStartArray("attempts"u8);
        for (var i = 0; i < decisions.Length; i++)
        {
            WriteAttempt(json, details.Attempts[i], decisions[i]);
        }

        json.WriteEndArray();
        json.WriteString("note"u8, Array.IndexOf(decisions, null) >= 0 ? Forgotten : null);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Write(NewJob job, string tenant, RequestPlacement placement)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("object"u8, "request.explanation"u8);
        json.WriteString("tenant"u8, tenant);
        json.WriteString("model"u8, job.Model);
        json.WriteString("rule_route"u8, job.Route);
        json.WriteStartArray("needs"u8);
        WriteNeeds(json, (Capabilities)job.Needs);
        json.WriteEndArray();
        json.WriteNumber("estimated_input_tokens"u8, job.EstimatedInputTokens);
        json.WriteNumber("estimated_output_tokens"u8, job.EstimatedOutputTokens);
        json.WriteString("endpoint"u8, placement.Endpoint);
        json.WriteString("reason"u8, placement.Reason);
        WriteRoutes(json, placement.Routes);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteQueue(Utf8JsonWriter json, WaitingJob? job)
    {
        if (job?.Position is not { } position)
        {
            json.WriteNull("queue"u8);
            return;
        }

        json.WriteStartObject("queue"u8);
        json.WriteNumber("position"u8, position);
        json.WritePropertyName("eta_seconds"u8);
        if (job.EtaSeconds is { } seconds)
        {
            json.WriteNumberValue(seconds);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void WriteRoutes(Utf8JsonWriter json, IReadOnlyList<RouteStanding> routes)
    {
        json.WriteStartArray("routes"u8);
        foreach (var route in routes)
        {
            JsonSerializer.Serialize(json, route, InquiryJson.Default.RouteStanding);
        }

        json.WriteEndArray();
    }

    private static void WriteAttempt(Utf8JsonWriter json, StoredAttempt attempt, PlacementDecision? decision)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, attempt.Number);
        json.WriteString("endpoint"u8, attempt.Endpoint);
        json.WriteString("outcome"u8, attempt.Outcome is { } outcome ? JobJson.OutcomeName(outcome) : null);
        json.WriteString("failure"u8, JobJson.FailureName(attempt));
        json.WriteNumber("started_at_ms"u8, attempt.StartedAt.ToUnixTimeMilliseconds());
        json.WritePropertyName("decision"u8);
        Write(json, decision);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlacementDecision? decision)
    {
        if (decision is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(json, decision, InquiryJson.Default.PlacementDecision);
        }
    }

    private static void WriteNeeds(Utf8JsonWriter json, Capabilities needs)
    {
        foreach (
            var (need, name) in new[]
            {
                (Capabilities.Tools, "tools"),
                (Capabilities.Vision, "vision"),
                (Capabilities.JsonSchema, "json_schema"),
            }
        )
        {
            if (needs.HasFlag(need))
            {
                json.WriteStringValue(name);
            }
        }
    }
}
