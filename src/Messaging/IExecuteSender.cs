using InferenceBroker.Contracts.Dispatch;

namespace InferenceBroker.Messaging;

/// <summary>Sends attempts to provider queues. Thread safe.</summary>
public interface IExecuteSender
{
    /// <summary>Completes once the broker has confirmed the message.</summary>
    /// <exception cref="MessageNotSentException">Not confirmed within the limit: it may or may not arrive.</exception>
    Task SendAsync(ExecuteJobs message, CancellationToken cancellationToken);
}
