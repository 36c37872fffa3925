using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Hints;

/// <summary>
/// The hints for one destination: whatever waits goes out as one message; while that is sent the next gathers, and a lone hint leaves at once.
/// Posting is thread safe; one loop calls <see cref="RunOnceAsync"/>.
/// </summary>
internal sealed partial class HintChannel<TItem> : IHintChannel
{
    private readonly string _destination;
    private readonly int _maxSize;
    private readonly Func<TItem, int> _size;
    private readonly Func<List<TItem>, CancellationToken, Task> _send;
    private readonly MessagingOptions _options;
    private readonly MessagingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<TItem> _waiting;
    private bool _isFailing;

    public HintChannel(
        string destination,
        Func<List<TItem>, CancellationToken, Task> send,
        MessagingOptions options,
        MessagingMetrics metrics,
        TimeProvider time,
        ILogger logger,
        int maxSize = int.MaxValue,
        Func<TItem, int>? size = null
    )
    {
        (_destination, _send, _options, _metrics, _time, _logger) = (destination, send, options, metrics, time, logger);
        (_maxSize, _size) = (maxSize, size ?? (_ => 0));
        _waiting = Channel.CreateBounded<TItem>(
            new BoundedChannelOptions(options.HintCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => _metrics.HintsDropped(_destination, "full", 1)
        );
    }

    public void Post(TItem item) => _waiting.Writer.TryWrite(item);

    /// <summary>Nothing is taken any more; what waits is still sent.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Waits for hints, sends those that wait as one message and returns their number: 0 once completed and empty.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await _waiting.Reader.WaitToReadAsync(cancellationToken))
            return 0;
        var items = Take();
        using var timeout = new CancellationTokenSource(_options.SendTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _send(items, limit.Token).WaitAsync(limit.Token);
            Sent(items.Count);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Dropped(items.Count, exception);
        }

        return items.Count;
    }

    private List<TItem> Take()
    {
        var items = new List<TItem>();
        var size = 0L;
        while (items.Count < _options.HintBatch && _waiting.Reader.TryPeek(out var item))
        {
            size += _size(item);
            if (items.Count > 0 && size > _maxSize)
                break;
            // Between the two a full channel may have dropped the oldest: what is read counts, and one item more does no harm.
            if (_waiting.Reader.TryRead(out item))
                items.Add(item);
        }

        return items;
    }

    private void Sent(int count)
    {
        _metrics.HintsSent(_destination, count);
        if (!_isFailing)
            return;
        _isFailing = false;
        LogRecovered(_destination);
    }

    private void Dropped(int count, Exception exception)
    {
        _metrics.HintsDropped(_destination, "not_sent", count);
        if (_isFailing)
            return;
        _isFailing = true;
        LogFailing(_destination, exception.GetType().Name);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Hints to {Destination} are dropped ({Reason}); the sweeps make up for them until the transport is back"
    )]
    private partial void LogFailing(string destination, string reason);

    [LoggerMessage(LogLevel.Information, "Hints to {Destination} are sent again")]
    private partial void LogRecovered(string destination);
}
