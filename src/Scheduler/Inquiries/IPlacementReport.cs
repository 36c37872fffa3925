using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Tells what the leader's memory knows, and changes nothing by that. Belongs to the dispatch loop: not thread safe, and quick.</summary>
internal interface IPlacementReport
{
    WaitingJobs Waiting(IReadOnlyList<Guid> jobIds, DateTimeOffset now);

    JobPlacement ExplainJob(Guid jobId, DateTimeOffset now);

    RequestPlacement ExplainRequest(RequestQuestion request, DateTimeOffset now);

    EndpointStates Endpoints(DateTimeOffset now);
}
