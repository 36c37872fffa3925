using System.Text.Json;
using System.Text.Json.Serialization;

namespace InferenceBroker.Load.Reporting;

/// <summary>Stores a run's figures as JSON.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(LoadReport report, string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(report, Json) + Environment.NewLine);
}
