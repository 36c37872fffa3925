namespace InferenceBroker.Contracts.Inquiries;

/// <summary>A request that is not stored: where would it go now?</summary>
public sealed record RequestQuestion
{
    public int TenantId { get; init; }

    public string Model { get; init; } = "";

    /// <summary>The route that a rule chose. Null: the model's own.</summary>
    public string? Route { get; init; }

    /// <summary>What the model has to be able to do, as the job's row has it.</summary>
    public int Needs { get; init; }

    public int EstimatedInputTokens { get; init; }

    public int EstimatedOutputTokens { get; init; }

    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    public long? Affinity { get; init; }
}
