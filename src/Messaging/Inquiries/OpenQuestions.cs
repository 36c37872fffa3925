using System.Collections.Concurrent;
using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>The questions that wait for an answer, so many at most. Thread safe.</summary>
internal sealed class OpenQuestions(int capacity) : IMessageHandler<LeaderAnswered>
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<string>> _open = [];
    private int _count;

    /// <summary>False: there are too many. What is opened has to be closed.</summary>
    public bool TryOpen(Guid id, out TaskCompletionSource<string> answer)
    {
        answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _open[id] = answer;
        return true;
    }

    public void Close(Guid id)
    {
        if (_open.TryRemove(id, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>An answer that comes too late is dropped.</summary>
    public Task HandleAsync(LeaderAnswered message, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(message.QuestionId, out var answer))
        {
            answer.TrySetResult(message.Payload);
        }

        return Task.CompletedTask;
    }
}
