using System.Text.Encodings.Web;
using System.Text.Json;

namespace InferenceBroker.Api;

/// <summary>How the Api writes JSON.</summary>
internal static class JsonOutput
{
    public const string ContentType = "application/json";

    /// <summary>Text is written as it is: no browser page embeds these answers, and prompts in other scripts would grow sixfold.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
