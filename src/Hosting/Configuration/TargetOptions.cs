namespace InferenceBroker.Hosting.Configuration;

/// <summary>One way to serve a route.</summary>
internal sealed class TargetOptions
{
    /// <summary>The name of a configured provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The upstream model. Default <c>*</c>: the name that the client asked for.</summary>
    public string Model { get; init; } = "*";

    /// <summary>The share of this target, above 0. Default 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>US dollars per million input tokens. Default 0: unknown.</summary>
    public decimal InputPricePerMillion { get; init; }

    /// <summary>US dollars per million output tokens. Default 0: unknown.</summary>
    public decimal OutputPricePerMillion { get; init; }

    /// <summary>The model's context, input and output tokens together. Default: unknown, no job is too long.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The model can call functions. Default true.</summary>
    public bool Tools { get; init; } = true;

    /// <summary>The model can read images. Default true.</summary>
    public bool Vision { get; init; } = true;

    /// <summary>The model can answer by a JSON schema. Default true.</summary>
    public bool JsonSchema { get; init; } = true;

    /// <summary>Where the model runs. Default: unknown.</summary>
    public string? Region { get; init; }

    /// <summary>Free names that jobs can ask for. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
