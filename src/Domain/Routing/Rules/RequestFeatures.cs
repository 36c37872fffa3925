namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>What rules look at in a request.</summary>
/// <param name="Model">The name that was asked for.</param>
/// <param name="Tenant">The tenant's name.</param>
/// <param name="PromptTokens">Estimated.</param>
/// <param name="Uses">What it brings: tools, images, a JSON schema for the answer.</param>
public readonly record struct RequestFeatures(string Model, string? Tenant, int PromptTokens, Capabilities Uses, DateTimeOffset Now)
{
    /// <summary>The job's metadata by name; null where there is no such entry.</summary>
    public Func<string, string?>? Metadata { get; init; }

    /// <summary>The request's headers by name in any case; null where there is no such header.</summary>
    public Func<string, string?>? Headers { get; init; }
}
