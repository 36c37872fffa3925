using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>Turns a raw line into a valid one or says what is wrong with it. Messages never repeat the line's content.</summary>
internal sealed class LineParser(Catalog catalog, TimeProvider time)
{
    private const int MaxCustomIdLength = 512;

    /// <summary>Exactly one of the two is set.</summary>
    public (InputLine? Line, LineFault? Fault) Parse(RawLine raw)
    {
        if (raw.TooLong)
        {
            const int limit = LineReader.DefaultMaxLineBytes / 1024 / 1024;
            return Reject(raw, null, LineFaultCodes.LineTooLong, $"The line is longer than {limit} MB.");
        }

        if (!Utf8.IsValid(raw.Bytes.Span))
        {
            return Reject(raw, null, LineFaultCodes.InvalidJsonLine, "The line is not valid UTF-8. Save the file as UTF-8.");
        }

        var fields = new LineFields();
        try
        {
            if (!fields.Read(raw.Bytes))
            {
                return Reject(raw, null, LineFaultCodes.InvalidJsonLine, "The line is not a JSON object.");
            }
        }
        catch (JsonException e)
        {
            return Reject(
                raw,
                fields.CustomId,
                LineFaultCodes.InvalidJsonLine,
                $"The line is not valid JSON: error at byte {e.BytePositionInLine + 1}."
            );
        }
        catch (InvalidOperationException)
        {
            return Reject(raw, fields.CustomId, LineFaultCodes.InvalidJsonLine, "The line holds a text that is not valid Unicode.");
        }

        if (Check(fields) is var (code, message))
        {
            return Reject(raw, fields.CustomId, code, message);
        }

        var metadata = fields.Metadata is { } text ? Encoding.UTF8.GetString(text.Span) : null;
        var placement = PlacementOf(raw, fields, metadata);
        return catalog.FindRoute(placement.Route ?? fields.Model!) is null
            ? Reject(
                raw,
                fields.CustomId,
                LineFaultCodes.ModelNotFound,
                $"No model '{Shorten(fields.Model!)}' is configured. Add it under 'models' in broker.json."
            )
            : (Accept(raw, fields, metadata, placement), null);
    }

    private static (string Code, string Message)? Check(LineFields fields)
    {
        if (fields.WrongType is { } name)
        {
            return (LineFaultCodes.InvalidParameter, $"'{name}' has the wrong type.");
        }

        if (string.IsNullOrEmpty(fields.CustomId))
        {
            return Missing("custom_id");
        }

        if (fields.CustomId.Length > MaxCustomIdLength)
        {
            return (LineFaultCodes.InvalidParameter, $"'custom_id' is longer than {MaxCustomIdLength} characters.");
        }

        if (fields.Method is { } method && !string.Equals(method, "POST", StringComparison.Ordinal))
        {
            return (LineFaultCodes.InvalidMethod, "'method' must be POST.");
        }

        if (string.IsNullOrEmpty(fields.Url))
        {
            return Missing("url");
        }

        if (Operations.FromPath(fields.Url) is not { } operation || !Operations.Supported.Contains(operation))
        {
            return (LineFaultCodes.InvalidUrl, $"'url' must be one of {string.Join(", ", Operations.Supported.Select(o => o.Path()))}.");
        }

        if (fields.Body is null)
        {
            return Missing("body");
        }

        return string.IsNullOrEmpty(fields.Model) ? Missing("body.model") : null;
    }

    private JobPlacement PlacementOf(RawLine raw, LineFields fields, string? metadata) =>
        JobPlacement.Of(
            catalog,
            new PlacementRequest
            {
                Model = fields.Model!,
                Tenant = RunOwner.TenantName,
                Now = time.GetUtcNow(),
                Traits = fields.Traits,
                Received = raw.Bytes,
                Body = fields.Body!.Value,
                Metadata = metadata,
            }
        );

    private static InputLine Accept(RawLine raw, LineFields fields, string? metadata, JobPlacement placement) =>
        new()
        {
            Number = raw.Number,
            CustomId = fields.CustomId!,
            Operation = Operations.FromPath(fields.Url!)!.Value,
            Model = fields.Model!,
            Body = fields.Body!.Value,
            Streaming = fields.Streaming,
            MaxOutputTokens = fields.MaxOutputTokens,
            Metadata = metadata,
            Placement = placement,
        };

    private static (InputLine?, LineFault?) Reject(RawLine raw, string? customId, string code, string message) =>
        (null, new LineFault(raw.Number, customId, code, message));

    private static (string, string) Missing(string name) => (LineFaultCodes.MissingRequiredParameter, $"'{name}' is missing.");

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
