using System.Threading.Channels;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// What the dispatch loop has to look at, in order: messages of the bus, answers of the database, ticks. Bounded, so that a scheduler that
/// falls behind slows the bus. Thread safe.
/// </summary>
internal sealed class DispatchInbox
{
    private const int Capacity = 4096;

    private readonly Channel<object> _channel = Channel.CreateBounded<object>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    public ChannelReader<object> Reader => _channel.Reader;

    /// <summary>Waits for room. Once the term is over, what comes is dropped: the next leader reads the database.</summary>
    public async ValueTask PostAsync(object item, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(item, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // Only a hint is lost.
        }
    }

    public void TryPost(object item) => _channel.Writer.TryWrite(item);

    public void Close() => _channel.Writer.TryComplete();
}
