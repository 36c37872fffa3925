namespace InferenceBroker.Contracts.Dispatch;

/// <summary>One dispatched attempt. Acting on it twice is harmless: the start names the fence.</summary>
public sealed record ExecuteJob
{
    public Guid JobId { get; init; }

    public long Fence { get; init; }

    /// <summary>The key's name within the provider.</summary>
    public string Key { get; init; } = "";

    /// <summary>The upstream model's name as configured; <c>*</c> passes the requested name through.</summary>
    public string Model { get; init; } = "";
}
