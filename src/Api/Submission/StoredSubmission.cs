using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>A stored job, as the one who submitted it sees it.</summary>
/// <param name="IsNew">False where the same request with the same key came before.</param>
internal sealed record StoredSubmission(JobDetails Details, bool IsNew);
