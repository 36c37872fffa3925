using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Topology;
using MassTransit;

namespace InferenceBroker.Messaging.Inquiries;

internal sealed class AnswerSender(IBus bus, ITransportTopology topology, MessagingOptions options, TimeProvider time) : IAnswerSender
{
    public async Task SendAsync(LeaderAsked question, string answer, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.SendTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var endpoint = await bus.GetSendEndpoint(topology.ProcessAddress(question.ReplyTo));
            var message = new LeaderAnswered { QuestionId = question.QuestionId, Payload = answer };
            await endpoint.Send(message, InquiryPipe<LeaderAnswered>.Instance, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MessageNotSentException("An answer was not taken by the queue of the process that asked.", exception);
        }
    }
}
