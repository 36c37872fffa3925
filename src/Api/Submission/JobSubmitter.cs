using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>Stores a job, once for each idempotency key, and then tells the scheduler.</summary>
internal sealed class JobSubmitter(IJobStore store, IJobWriter writer, AttemptModels models, IHintSender hints)
{
    public async Task<(StoredSubmission? Submission, ApiError? Error)> SubmitAsync(
        NewJob job,
        IdempotencyKey? key,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
        {
            await writer.InsertAsync(job, cancellationToken);
        }
        else
        {
            var outcome = await store.InsertOnceAsync(job, key, cancellationToken);
            switch (outcome.Kind)
            {
                case SubmitOutcomeKind.Conflict:
                    return (null, ApiError.IdempotencyKeyReused);
                case SubmitOutcomeKind.Repeated:
                    return await store.FindAsync(caller.TenantId, outcome.JobId, cancellationToken) is { } earlier
                        ? (new StoredSubmission(models.Named(earlier), IsNew: false), null)
                        : (null, ApiError.JobNotFound(outcome.JobId.ToString()));
            }
        }

        hints.JobSubmitted(SubmittedJobs.Of(job));
        return (new StoredSubmission(new JobDetails(AsStored(job), [], Result: null), IsNew: true), null);
    }

    /// <summary>The row as it was just written: reading it back would double the cost of a submit.</summary>
    private static StoredJob AsStored(NewJob job) =>
        new()
        {
            Id = job.Id,
            TenantId = job.TenantId,
            State = Domain.Jobs.JobState.Queued,
            Operation = job.Operation,
            Model = job.Model,
            Streaming = job.Streaming,
            Priority = job.Priority,
            Lane = job.Lane,
            LastSequence = 1,
            CreatedAt = job.CreatedAt,
            NotBefore = job.NotBefore,
            Deadline = job.Deadline,
            Metadata = job.Metadata,
            BatchId = job.BatchId,
            CustomId = job.CustomId,
            Route = job.Route,
        };
}
