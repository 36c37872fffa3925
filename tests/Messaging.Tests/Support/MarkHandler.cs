using System.Collections.Concurrent;

namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Tells whether a mark has arrived in some message.</summary>
internal sealed class MarkHandler<TMessage, TMark>(Func<TMessage, IEnumerable<TMark>> marks) : IMessageHandler<TMessage>
    where TMessage : class
    where TMark : notnull
{
    private readonly ConcurrentDictionary<TMark, TaskCompletionSource> _seen = new();

    public Task Seen(TMark mark) => Entry(mark).Task;

    public Task HandleAsync(TMessage message, CancellationToken cancellationToken)
    {
        foreach (var mark in marks(message))
            Entry(mark).TrySetResult();
        return Task.CompletedTask;
    }

    private TaskCompletionSource Entry(TMark mark) =>
        _seen.GetOrAdd(mark, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
