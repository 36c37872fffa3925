using InferenceBroker.Contracts.Relay;
using InferenceBroker.Messaging;

namespace InferenceBroker.Api.Relay;

/// <summary>Hands relay messages to the listeners of their jobs; most jobs have none here.</summary>
internal sealed class JobsChangedHandler(JobListeners listeners, CompletionRate rate) : IMessageHandler<JobsChanged>
{
    public Task HandleAsync(JobsChanged message, CancellationToken cancellationToken)
    {
        foreach (var frame in message.Frames)
        {
            foreach (var listener in listeners.Of(frame.JobId))
            {
                listener.Give(frame);
            }
        }

        foreach (var jobId in message.Changed)
        {
            foreach (var listener in listeners.Of(jobId))
            {
                if (listener.What == ListenFor.Log)
                {
                    listener.MustRead();
                }
            }
        }

        foreach (var jobId in message.Ended)
        {
            foreach (var listener in listeners.Of(jobId))
            {
                listener.MustRead();
            }
        }

        rate.Add(message.Ended.Count);
        return Task.CompletedTask;
    }
}
