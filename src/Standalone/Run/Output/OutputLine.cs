using System.Text.Json;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Standalone.Run.Output;

/// <summary>What a line of an existing output says about itself.</summary>
/// <param name="JobId">Null: it is not an answer that a run wrote.</param>
internal readonly record struct OutputLine(string? CustomId, JobId? JobId)
{
    /// <summary>Null: not a JSON object, for example torn.</summary>
    public static OutputLine? TryParse(ReadOnlySpan<byte> line)
    {
        string? customId = null;
        string? requestId = null;
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 512 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.CurrentDepth == 1 && reader.ValueTextEquals("custom_id"u8))
                {
                    customId = Text(ref reader);
                }
                else if (reader.ValueTextEquals("response"u8))
                {
                    requestId = RequestId(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return new OutputLine(customId, Domain.Jobs.JobId.TryParse(requestId, out var id) ? id : null);
    }

    private static string? RequestId(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? requestId = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("request_id"u8))
                {
                    requestId = Text(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            reader.Skip();
        }

        return requestId;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }
}
