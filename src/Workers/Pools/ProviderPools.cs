using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Workers.Execution;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers.Pools;

/// <summary>
/// Keeps one pool for each provider that this worker serves, as the catalog has them. When it stops it takes nothing more and hands back what
/// has not started; <see cref="GracefulStop"/> does the rest.
/// </summary>
internal sealed partial class ProviderPools(
    ICatalogSource catalogs,
    IMessageReceiver receiver,
    AttemptRunner runner,
    HandBack handBack,
    GracefulStop stop,
    IOptions<WorkersOptions> options,
    TimeProvider time,
    ILogger<ProviderPools> logger
) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ProviderPool> _pools = new(StringComparer.Ordinal);
    private readonly List<Task> _leaving = [];

    /// <summary>Never disposed of: it has no timer, and attempts of a host that was not stopped may still look at it.</summary>
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Makes pools and catalog agree. A queue that cannot be connected now is tried again with the next call.</summary>
    public async Task<PoolChanges> RunOnceAsync(CancellationToken cancellationToken)
    {
        var catalog = catalogs.Current;
        var removed = RemoveMissing(catalog);
        var resized = 0;
        var connecting = new List<Task<bool>>();
        foreach (var provider in catalog.Providers.Values.Where(IsServed))
        {
            if (_pools.TryGetValue(provider.Name, out var pool))
            {
                resized += Resize(pool, provider.Concurrency);
            }
            else
            {
                pool = Create(provider);
                _pools.Add(provider.Name, pool);
            }

            if (pool.Receiver is null)
            {
                connecting.Add(ConnectAsync(pool, cancellationToken));
            }
        }

        var connected = await Task.WhenAll(connecting);
        return new PoolChanges(connected.Count(c => c), removed, resized);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _stopping.CancelAsync();
        await stop.FollowAsync(DisconnectAllAsync(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed of without being stopped would take it for a fault.
        }
    }

    private bool IsServed(ProviderDefinition provider) =>
        options.Value.Providers.Count == 0 || options.Value.Providers.Contains(provider.Name);

    private ProviderPool Create(ProviderDefinition provider)
    {
        var slots = new Slots(provider.Concurrency);
        return new ProviderPool
        {
            Provider = provider.Name,
            Slots = slots,
            Connected = provider.Concurrency,
            Handler = new ExecuteJobsHandler(provider.Name, slots, runner, handBack, logger, _stopping.Token),
        };
    }

    private async Task<bool> ConnectAsync(ProviderPool pool, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            pool.Receiver = await receiver.ReceiveProviderAsync(pool.Provider, pool.Connected, pool.Handler, either.Token);
            LogConnected(logger, pool.Provider, pool.Connected);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotConnected(logger, e, pool.Provider);
            return false;
        }
    }

    private int RemoveMissing(Catalog catalog)
    {
        _leaving.RemoveAll(t => t.IsCompleted);
        var missing = _pools.Values.Where(p => !catalog.Providers.ContainsKey(p.Provider)).ToArray();
        foreach (var pool in missing)
        {
            _pools.Remove(pool.Provider);
            _leaving.Add(DisconnectAsync(pool));
        }

        return missing.Length;
    }

    private int Resize(ProviderPool pool, int concurrency)
    {
        if (pool.Slots.Limit == concurrency)
        {
            return 0;
        }

        pool.Slots.SetLimit(concurrency);
        if (concurrency > pool.Connected)
        {
            LogRaised(logger, pool.Provider, pool.Connected, concurrency);
        }

        return 1;
    }

    private Task DisconnectAllAsync()
    {
        _leaving.AddRange(_pools.Values.Select(DisconnectAsync));
        _pools.Clear();
        return Task.WhenAll(_leaving);
    }

    private async Task DisconnectAsync(ProviderPool pool)
    {
        try
        {
            if (pool.Receiver is not null)
            {
                await pool.Receiver.DisposeAsync();
            }
        }
        catch (Exception e)
        {
            LogNotDisconnected(logger, e, pool.Provider);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving provider {Provider} with up to {Concurrency} calls at once.")]
    private static partial void LogConnected(ILogger logger, string provider, int concurrency);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of provider {Provider} cannot be connected; trying again.")]
    private static partial void LogNotConnected(ILogger logger, Exception exception, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of provider {Provider} could not be left in good order.")]
    private static partial void LogNotDisconnected(ILogger logger, Exception exception, string provider);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Provider {Provider}: its queue was connected for {Connected} messages at once; {Concurrency} calls are reached only after a restart unless messages carry several jobs."
    )]
    private static partial void LogRaised(ILogger logger, string provider, int connected, int concurrency);
}
