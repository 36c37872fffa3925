using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Standalone.Run;

/// <summary>In whose name the jobs of a run are stored.</summary>
internal sealed record RunOwner(int TenantId, int ApiKeyId)
{
    public const string TenantName = "default";

    public static async Task<RunOwner> EnsureAsync(ITenantStore tenants, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tenant =
            await tenants.FindTenantAsync(TenantName, cancellationToken)
            ?? await tenants.CreateTenantAsync(TenantName, weight: 1, now, cancellationToken)
            ?? await tenants.FindTenantAsync(TenantName, cancellationToken)
            ?? throw new InvalidOperationException($"The tenant '{TenantName}' can neither be found nor be made.");

        // Jobs name a key. This one has no secret (no text hashes to zeros), so nobody can log in with it.
        var noSecret = new byte[32];
        var key = new ApiKey(0, tenant.Id, "command line", noSecret, "(no secret)", IsAdmin: false, now, ExpiresAt: null, DisabledAt: null);
        return new RunOwner(tenant.Id, (await tenants.EnsureKeyAsync(key, cancellationToken)).Id);
    }
}
