using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Auth;

/// <summary>Makes sure at start that the key in <c>BROKER_API_KEY</c> opens the tenant <c>default</c>.</summary>
internal sealed partial class BootstrapKeys(
    IConfiguration configuration,
    ApiSecrets secrets,
    ITenantStore tenants,
    TimeProvider time,
    ILogger<BootstrapKeys> logger
) : IHostedService
{
    private const string DefaultTenant = "default";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!secrets.TokenKeyIsShared)
        {
            LogTokensAreLocal();
        }

        if (configuration[ApiSecrets.DefaultKeyName] is not { Length: > 0 } secret)
        {
            return;
        }

        var tenant =
            await tenants.FindTenantAsync(DefaultTenant, cancellationToken)
            ?? throw new InvalidOperationException($"There is no tenant '{DefaultTenant}': the database has not been initialised.");
        var key = new ApiKey(
            0,
            tenant.Id,
            ApiSecrets.DefaultKeyName,
            KeySecrets.Hash(secret),
            KeySecrets.Mask(secret),
            IsAdmin: false,
            time.GetUtcNow(),
            ExpiresAt: null,
            DisabledAt: null
        );
        await tenants.EnsureKeyAsync(key, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Neither BROKER_ADMIN_KEY nor Broker:Api:TokenSecret is set: job tokens are good for this process only, and /admin is closed"
    )]
    private partial void LogTokensAreLocal();
}
