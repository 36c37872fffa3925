namespace InferenceBroker.Domain.Routing;

/// <summary>What a target must be able to do to serve a job. The default value needs nothing.</summary>
/// <param name="InputTokens">Estimated.</param>
/// <param name="MaxOutputTokens">What the request allows, else the estimate.</param>
/// <param name="Placement">Null: anywhere.</param>
public readonly record struct JobNeeds(Capabilities Capabilities, int InputTokens, int MaxOutputTokens, PlacementNeeds? Placement)
{
    /// <summary>What has to fit into the model's context.</summary>
    public long ContextTokens => (long)InputTokens + MaxOutputTokens;
}
