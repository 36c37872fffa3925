using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds and parses <c>broker.json</c>.</summary>
internal static class BrokerFile
{
    public const string DefaultName = "broker.json";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The file to read: named on the command line, by <c>BROKER_CONFIG</c>, or in the working directory. Null: none.</summary>
    public static string? Locate(string? commandLine, string? environment, string workingDirectory)
    {
        var named = string.IsNullOrEmpty(commandLine) ? environment : commandLine;
        if (!string.IsNullOrEmpty(named))
        {
            return Path.GetFullPath(named, workingDirectory);
        }

        var standard = Path.Combine(workingDirectory, DefaultName);
        return File.Exists(standard) ? standard : null;
    }

    /// <summary>An empty document where the content is not usable; the fault says why.</summary>
    public static JsonObject Parse(string path, ReadOnlySpan<byte> content, FaultList faults)
    {
        try
        {
            if (JsonNode.Parse(content, documentOptions: Lenient) is JsonObject document)
            {
                return document;
            }

            faults.Add(path, "must hold one object { … }");
        }
        catch (JsonException e)
        {
            faults.Add(path, $"is no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }

        return [];
    }
}
