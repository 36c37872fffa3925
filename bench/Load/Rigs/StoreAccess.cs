using System.Security.Cryptography;
using System.Text;
using InferenceBroker.Persistence;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Load.Rigs;

/// <summary>The product's own store, opened beside the running roles.</summary>
internal sealed class StoreAccess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StoreAccess(ServiceProvider services, (int TenantId, int ApiKeyId) owner)
    {
        _services = services;
        Owner = owner;
        Store = services.GetRequiredService<IJobStore>();
    }

    public IJobStore Store { get; }

    public (int TenantId, int ApiKeyId) Owner { get; }

    /// <summary>Waits until the Api has stored the key, then opens the store.</summary>
    public static async Task<StoreAccess> OpenAsync(PersistenceOptions options, string apiKey)
    {
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddBrokerPersistence(options)
            .BuildServiceProvider();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(apiKey));
        var tenants = services.GetRequiredService<ITenantStore>();
        ApiKey? key = null;
        await Eventually.TrueAsync(
            async () => (key = await tenants.FindKeyAsync(hash, CancellationToken.None)) is not null,
            TimeSpan.FromSeconds(20),
            () => "the default tenant's key is not in the database"
        );
        return new StoreAccess(services, (key!.TenantId!.Value, key.Id));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
