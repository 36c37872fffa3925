using System.Text.Encodings.Web;
using System.Text.Json;

namespace InferenceBroker.Scenarios.Reporting;

/// <summary>Stores a run as JSON.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, ScenarioReport report) =>
        File.WriteAllText(path, JsonSerializer.Serialize(report, Options) + "\n");
}
