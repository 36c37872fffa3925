using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Load.Rigs;

/// <summary>The product's real processes with their servers, ready to take jobs.</summary>
internal interface IRig : IAsyncDisposable
{
    string Name { get; }

    Uri Api { get; }

    Uri Provider { get; }

    string ApiKey { get; }

    /// <summary>The same store that the roles use, for bulk inserts and for watching.</summary>
    IJobStore Store { get; }

    /// <summary>The tenant and key to insert jobs for.</summary>
    (int TenantId, int ApiKeyId) Owner { get; }

    /// <summary>Process name → ids, servers included.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<int>> Processes();

    Task StartAsync();

    /// <summary>Jobs that have not ended, and when the last one of a batch ended.</summary>
    Task<BatchProgress> ProgressAsync(string batchId);

    /// <summary>Transactions per second of <c>pgbench -N</c> on the same server; null where there is none.</summary>
    Task<double?> PgbenchAsync();
}
