using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>What the job object is written from.</summary>
/// <param name="Queue">Only known where one queued job was asked for.</param>
internal readonly record struct JobView(JobDetails Details, QueuePosition? Queue = null);
