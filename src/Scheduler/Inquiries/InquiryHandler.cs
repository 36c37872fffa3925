using System.Text.Json;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Reads questions and puts them into the inbox. One that cannot be read gets no answer: it is of another version.</summary>
internal sealed class InquiryHandler(DispatchInbox inbox) : IMessageHandler<LeaderAsked>
{
    public Task HandleAsync(LeaderAsked message, CancellationToken cancellationToken) =>
        Read(message) is { } inquiry ? inbox.PostAsync(inquiry, cancellationToken).AsTask() : Task.CompletedTask;

    private static Inquiry? Read(LeaderAsked asked)
    {
        var json = InquiryJson.Default;
        try
        {
            switch (asked.Kind)
            {
                case InquiryKinds.Waiting when JsonSerializer.Deserialize(asked.Payload, json.JobsQuestion) is { } jobs:
                    return new Inquiry(asked, (report, now) => report.Waiting(jobs.JobIds, now), json.WaitingJobs);
                case InquiryKinds.ExplainJob when JsonSerializer.Deserialize(asked.Payload, json.JobsQuestion) is { JobIds: [var id, ..] }:
                    return new Inquiry(asked, (report, now) => report.ExplainJob(id, now), json.JobPlacement);
                case InquiryKinds.ExplainRequest when JsonSerializer.Deserialize(asked.Payload, json.RequestQuestion) is { } request:
                    return new Inquiry(asked, (report, now) => report.ExplainRequest(request, now), json.RequestPlacement);
                case InquiryKinds.Endpoints:
                    return new Inquiry(asked, (report, now) => report.Endpoints(now), json.EndpointStates);
                default:
                    return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
