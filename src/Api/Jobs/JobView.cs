using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>What the job object is written from.</summary>
/// <param name="Queue">Only known where one queued job was asked for.</param>
/// <param name="Reason">Why a queued job waits, where the scheduler said so.</param>
internal readonly record struct JobView(JobDetails Details, QueuePosition? Queue = null, string? Reason = null);
