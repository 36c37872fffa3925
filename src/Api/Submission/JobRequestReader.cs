using System.Text.Json;
using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>Reads what clients send: a job (<c>POST /v1/jobs</c>) or a bare inference request. One pass, no document tree.</summary>
internal static class JobRequestReader
{
    private const string BodyPath = "body.";
    private const int MaxExpirySeconds = 365 * 24 * 3600;
    private const decimal MaxCost = 1_000_000m;

    public static ApiError? ReadJob(byte[] received, out JobRequest request)
    {
        request = new JobRequest { BodyPath = BodyPath };
        return Guard(received, request, ReadFields);
    }

    public static ApiError? ReadInference(byte[] received, Operation operation, out JobRequest request)
    {
        request = new JobRequest { Operation = operation };
        return Guard(received, request, ReadBare);
    }

    private delegate ApiError? Reading(ref Utf8JsonReader json, JobRequest request);

    private static ApiError? Guard(byte[] received, JobRequest request, Reading read)
    {
        try
        {
            var json = new Utf8JsonReader(received);
            json.Read();
            if (read(ref json, request) is { } error)
            {
                return error;
            }

            // Nothing may follow; the reader throws where something does.
            json.Read();
            return null;
        }
        catch (JsonException exception)
        {
            return ApiError.InvalidJson($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return ApiError.InvalidJson("a string holds half a surrogate pair or is not UTF-8.");
        }
    }

    private static ApiError? ReadBare(ref Utf8JsonReader json, JobRequest request)
    {
        var error = InferenceBodyReader.Read(ref json, "", out var body);
        request.Body = body;
        return error;
    }

    private static ApiError? ReadFields(ref Utf8JsonReader json, JobRequest request)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return ApiError.Invalid("body", "expected a JSON object.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadField(ref json, json.GetString()!, request) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? ReadField(ref Utf8JsonReader json, string name, JobRequest request)
    {
        ApiError? error;
        switch (name)
        {
            case "url":
                return ReadUrl(ref json, request);
            case "body":
                json.Read();
                error = InferenceBodyReader.Read(ref json, BodyPath, out var body);
                request.Body = body;
                return error;
            case "priority":
                error = FieldReader.Integer(ref json, name, 0, 9, out var priority);
                request.Priority = priority;
                return error;
            case "deadline":
                error = FieldReader.Time(ref json, name, out var deadline);
                request.Deadline = deadline;
                return error;
            case "expires_in":
                error = FieldReader.Integer(ref json, name, 1, MaxExpirySeconds, out var seconds);
                request.ExpiresInSeconds = seconds;
                return error;
            case "not_before":
                error = FieldReader.Time(ref json, name, out var notBefore);
                request.NotBefore = notBefore;
                return error;
            case "max_cost":
                return ReadMaxCost(ref json, request);
            case "replay":
                return ReadReplay(ref json, request);
            case "fallbacks":
                error = FieldReader.Texts(ref json, name, 8, 256, out var fallbacks);
                request.Fallbacks = fallbacks;
                return error;
            case "metadata":
                error = MetadataReader.Read(ref json, out var metadata);
                request.Metadata = metadata;
                return error;
            case "cache":
                error = FieldReader.Text(ref json, name, 16, out var cache);
                request.Cache = cache;
                return error
                    ?? (
                        cache is null or "off" or "exact" or "semantic" ? null : ApiError.Invalid(name, "expected off, exact or semantic.")
                    );
            case "affinity":
                error = FieldReader.Text(ref json, name, 256, out var affinity);
                request.Affinity = affinity;
                return error;
            case "webhook_url":
                error = FieldReader.Text(ref json, name, 2048, out var url);
                request.WebhookUrl = url;
                return error
                    ?? (url is null || WebhookFields.IsUrl(url) ? null : ApiError.Invalid(name, "expected an absolute http or https URL."));
            case "webhook_events":
                error = FieldReader.Texts(ref json, name, WebhookFields.Events.Count, 64, out var events);
                request.WebhookEvents = events;
                return error ?? (events is null || events.All(WebhookFields.Events.Contains) ? null : WebhookFields.WrongEvents());
            default:
                json.Read();
                json.Skip();
                return ApiError.Unknown(name.Length <= 64 ? name : name[..64]);
        }
    }

    private static ApiError? ReadUrl(ref Utf8JsonReader json, JobRequest request)
    {
        if (FieldReader.Text(ref json, "url", 64, out var url) is { } error)
        {
            return error;
        }

        if (url is null)
        {
            return null;
        }

        if (Operations.FromPath(url) is not { } operation || !Operations.Supported.Contains(operation))
        {
            return ApiError.Invalid("url", $"expected one of {string.Join(", ", Operations.Supported.Select(o => o.Path()))}.");
        }

        request.Operation = operation;
        return null;
    }

    private static ApiError? ReadMaxCost(ref Utf8JsonReader json, JobRequest request)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.Number || !json.TryGetDecimal(out var dollars) || dollars <= 0 || dollars > MaxCost)
        {
            json.Skip();
            return ApiError.Invalid("max_cost", $"expected a number of dollars above 0 and up to {MaxCost}.");
        }

        request.MaxCostNanoUsd = (long)(dollars * 1_000_000_000m);
        return null;
    }

    private static ApiError? ReadReplay(ref Utf8JsonReader json, JobRequest request)
    {
        if (FieldReader.Text(ref json, "replay", 16, out var text) is { } error)
        {
            return error;
        }

        ReplayPolicy? replay = text switch
        {
            null or "always" => ReplayPolicy.Always,
            "if_no_output" => ReplayPolicy.IfNoOutput,
            "never" => ReplayPolicy.Never,
            _ => null,
        };
        request.Replay = replay ?? ReplayPolicy.Always;
        return replay is null ? ApiError.Invalid("replay", "expected always, if_no_output or never.") : null;
    }
}
