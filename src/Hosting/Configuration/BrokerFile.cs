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

    /// <summary>An empty document where the file cannot be read; the fault says why.</summary>
    public static JsonObject Read(string path, FaultList faults)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Lenient);
            if (node is JsonObject document)
            {
                return document;
            }

            faults.Add(path, "must hold one object { … }");
        }
        catch (JsonException e)
        {
            faults.Add(path, $"is no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(path, $"cannot be read ({e.GetType().Name})");
        }

        return [];
    }
}
