using System.Text.Json;

namespace InferenceBroker.Providers.Simulated;

/// <summary>What a model's name asks for. Null: the options decide.</summary>
internal sealed record SimulatedScript
{
    /// <summary>The model's name, escaped for JSON.</summary>
    public required JsonEncodedText Model { get; init; }

    public SimulatedFault? Fault { get; init; }

    /// <summary>How often the fault happens, from 0 to 1.</summary>
    public double FaultShare { get; init; } = 1;

    public TimeSpan? Latency { get; init; }

    public int? OutputTokens { get; init; }

    public double? TokensPerSecond { get; init; }

    public string? FinishReason { get; init; }

    /// <summary>Answers with the prompt itself.</summary>
    public bool Echoes { get; init; }
}
