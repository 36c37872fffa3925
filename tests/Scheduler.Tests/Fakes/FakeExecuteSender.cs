using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Messaging;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Keeps what was sent.</summary>
internal sealed class FakeExecuteSender : IExecuteSender
{
    private readonly Lock _lock = new();
    private readonly List<ExecuteJobs> _messages = [];
    private readonly List<ExecuteJob> _jobs = [];
    private (int Jobs, TaskCompletionSource Signal)? _awaited;

    /// <summary>Providers whose queues cannot be reached.</summary>
    public HashSet<string> Unreachable { get; } = [];

    public IReadOnlyList<ExecuteJobs> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public IReadOnlyList<ExecuteJob> Jobs => JobsFrom(0);

    public IReadOnlyList<ExecuteJob> JobsFrom(int start)
    {
        lock (_lock)
        {
            return _jobs[start..];
        }
    }

    public Task SendAsync(ExecuteJobs message, CancellationToken cancellationToken)
    {
        if (Unreachable.Contains(message.Provider))
        {
            return Task.FromException(new MessageNotSentException($"Not confirmed: {message.Provider}"));
        }

        lock (_lock)
        {
            _messages.Add(message);
            _jobs.AddRange(message.Jobs);
            if (_awaited is { } awaited && _jobs.Count >= awaited.Jobs)
            {
                awaited.Signal.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Completes once so many jobs have been sent.</summary>
    public Task SentAsync(int jobs)
    {
        lock (_lock)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (jobs, signal);
            if (_jobs.Count >= jobs)
            {
                signal.TrySetResult();
            }

            return signal.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
