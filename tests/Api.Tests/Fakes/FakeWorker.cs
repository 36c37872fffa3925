using System.Text;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Does to jobs what scheduler and worker do: stores first, relays then.</summary>
internal sealed class FakeWorker(FakeJobStore store, FakeBus bus, FakeTimeProvider time)
{
    public const string Answer = """{"id":"chatcmpl-1","choices":[{"message":{"content":"Hi"}}]}""";

    /// <summary>The next job that is submitted.</summary>
    public async Task<JobId> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return new JobId((await bus.Submitted.ReadAsync(limit.Token)).JobId);
    }

    public Task StartAsync(JobId id, string model = "sim-1")
    {
        store.Change(
            id,
            job =>
            {
                var number = job.Stored.Attempt + 1;
                var sequence = job.Stored.LastSequence + 1;
                job.Stored = job.Stored with
                {
                    State = JobState.Running,
                    Attempt = number,
                    LastSequence = sequence,
                    StartedAt = job.Stored.StartedAt ?? time.GetUtcNow(),
                };
                job.Attempts.Add(
                    new StoredAttempt
                    {
                        Number = number,
                        Endpoint = $"sim/default/{model}",
                        UpstreamModel = model,
                        StartedAt = time.GetUtcNow(),
                        StartedSequence = sequence,
                    }
                );
            }
        );
        return bus.PublishAsync(new JobsChanged { Changed = [id.Value] });
    }

    public Task AppendAsync(JobId id, params string[] chunks)
    {
        var frame = new ChunkFrame();
        store.Change(
            id,
            job =>
            {
                var first = job.Stored.LastSequence + 1;
                job.Chunks.Add(new StoredChunks(job.Stored.Attempt, first, chunks));
                job.Stored = job.Stored with { LastSequence = first + chunks.Length - 1 };
                frame = new ChunkFrame
                {
                    JobId = id.Value,
                    Attempt = job.Stored.Attempt,
                    FirstSequence = first,
                    Chunks = chunks,
                };
            }
        );
        return bus.PublishAsync(new JobsChanged { Frames = [frame] });
    }

    public Task CompleteAsync(JobId id, string answer = Answer) =>
        EndAsync(
            id,
            JobState.Completed,
            AttemptOutcome.Succeeded,
            FailureClass.None,
            new StoredResult(200, Encoding.UTF8.GetBytes(answer)),
            null
        );

    public Task FailAsync(JobId id, FailureClass failure, JobFailure error, int status) =>
        EndAsync(id, JobState.Failed, AttemptOutcome.Failed, failure, new StoredResult(status, []), error);

    public Task RequeueAsync(JobId id, FailureClass failure) => EndAsync(id, JobState.Queued, AttemptOutcome.Failed, failure, null, null);

    private Task EndAsync(JobId id, JobState next, AttemptOutcome outcome, FailureClass failure, StoredResult? result, JobFailure? error)
    {
        store.Change(
            id,
            job =>
            {
                var ended = job.Stored.LastSequence + 1;
                job.Attempts[^1] = job.Attempts[^1] with
                {
                    Outcome = outcome,
                    Failure = failure,
                    FailureMessage = failure == FailureClass.None ? null : "The provider broke off.",
                    EndedAt = time.GetUtcNow(),
                    EndedSequence = ended,
                    Usage = outcome == AttemptOutcome.Succeeded ? new TokenUsage(12, 5) : null,
                    CostNanoUsd = outcome == AttemptOutcome.Succeeded ? 310_000 : 0,
                };
                job.Result = result;
                job.Stored = job.Stored with
                {
                    State = next,
                    LastSequence = next.IsTerminal() ? ended + 1 : ended,
                    EndedAt = next.IsTerminal() ? time.GetUtcNow() : null,
                    Error = error,
                    Usage = job.Attempts[^1].Usage,
                    CostNanoUsd = job.Attempts[^1].CostNanoUsd,
                };
            }
        );
        return bus.PublishAsync(next.IsTerminal() ? new JobsChanged { Ended = [id.Value] } : new JobsChanged { Changed = [id.Value] });
    }
}
