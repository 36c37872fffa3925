using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Inquiries;

namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>A leader that answers every question.</summary>
internal sealed class AnsweringHandler(IAnswerSender sender, Func<LeaderAsked, string> answer) : IMessageHandler<LeaderAsked>
{
    public Task HandleAsync(LeaderAsked message, CancellationToken cancellationToken) =>
        sender.SendAsync(message, answer(message), cancellationToken);
}
