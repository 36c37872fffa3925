using System.Text.Json;
using InferenceBroker.Messaging.Inquiries;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Looks on the loop's thread, writes and sends elsewhere. Whatever fails costs an answer, never the term.</summary>
internal sealed partial class InquiryAnswers(IPlacementReport report, IAnswerSender sender, ILogger<InquiryAnswers> logger)
{
    public void Answer(Inquiry inquiry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var answer = inquiry.Look(report, now);
            _ = Task.Run(() => SendAsync(inquiry, answer, cancellationToken), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotAnswered(exception, inquiry.Asked.Kind);
        }
    }

    private async Task SendAsync(Inquiry inquiry, object answer, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(inquiry.Asked, JsonSerializer.Serialize(answer, inquiry.AnswerType), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The term is over: the next leader is asked.
        }
        catch (Exception exception)
        {
            LogNotAnswered(exception, inquiry.Asked.Kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A question ('{Kind}') could not be answered")]
    private partial void LogNotAnswered(Exception exception, string kind);
}
