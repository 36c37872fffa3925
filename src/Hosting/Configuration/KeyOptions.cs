namespace InferenceBroker.Hosting.Configuration;

/// <summary>One key of a provider with the limits that the provider grants it.</summary>
internal sealed class KeyOptions
{
    public const string DefaultName = "default";

    /// <summary>Unique within the provider. Default: <c>default</c>.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary><c>env:NAME</c>, <c>file:PATH</c> or the secret itself (with a warning). Empty: no credentials are sent.</summary>
    public string Value { get; init; } = "";

    /// <summary>Default: no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Input and output tokens together. Default: no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The same for input tokens alone. Default: no limit.</summary>
    public int? InputTokensPerMinute { get; init; }

    /// <summary>The same for output tokens alone. Default: no limit.</summary>
    public int? OutputTokensPerMinute { get; init; }

    /// <summary>Calls at the same time with this key. Default: only the provider's limit holds.</summary>
    public int? Concurrency { get; init; }

    /// <summary>The share of this key among the provider's keys, above 0. Default 1.</summary>
    public int Weight { get; init; } = 1;
}
