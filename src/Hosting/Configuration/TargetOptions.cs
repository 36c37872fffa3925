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
}
