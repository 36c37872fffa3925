using System.Threading.Channels;

namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Keeps what it was given, for a test to await.</summary>
internal sealed class CollectingHandler<TMessage> : IMessageHandler<TMessage>
    where TMessage : class
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Channel<TMessage> _messages = Channel.CreateUnbounded<TMessage>();

    public Task HandleAsync(TMessage message, CancellationToken cancellationToken)
    {
        _messages.Writer.TryWrite(message);
        return Task.CompletedTask;
    }

    public async Task<TMessage> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return await _messages.Reader.ReadAsync(limit.Token);
    }

    public bool TryNext() => _messages.Reader.TryRead(out _);
}
