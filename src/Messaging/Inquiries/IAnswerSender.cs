using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>Sends a leader's answers to those who asked. Thread safe.</summary>
public interface IAnswerSender
{
    /// <exception cref="MessageNotSentException">The broker did not take it.</exception>
    Task SendAsync(LeaderAsked question, string answer, CancellationToken cancellationToken);
}
