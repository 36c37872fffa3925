using InferenceBroker.Domain.Jobs;
using Microsoft.AspNetCore.Http.Features;

namespace InferenceBroker.Api.Auth;

/// <summary>Who makes a call.</summary>
/// <param name="TenantId">0 for the admin key, which belongs to no tenant.</param>
/// <param name="OnlyJob">Set where the caller came with a job's token: it may read that job and nothing else.</param>
internal sealed record Caller(int TenantId, int ApiKeyId, bool IsAdmin, JobId? OnlyJob = null)
{
    /// <summary>For the rules; null for callers that submit nothing.</summary>
    public string? TenantName { get; init; }

    public bool MayRead(JobId id) => OnlyJob is null || OnlyJob == id;

    /// <summary>Lets an endpoint's handler take the caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(context.Features.GetRequiredFeature<Caller>());
}
