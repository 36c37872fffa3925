using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Explain;

/// <summary>The Api's questions to the leading schedulers. Every answer may be null: nobody leads, or nobody answered in time. Thread safe.</summary>
internal sealed class LeaderQuestions(ILeaderInquiry leader, TimeProvider time)
{
    /// <summary>Whoever reads a job waits no longer than this for what is only a courtesy.</summary>
    private static readonly TimeSpan StatusLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>After silence readers are not kept waiting for a moment.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private long _silentUntil;

    public int Partitions => leader.Partitions;

    /// <summary>Why a queued job waits. Null also where the leader does not hold it.</summary>
    public async Task<WaitingJob?> WaitingAsync(StoredJob job, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _silentUntil))
        {
            return null;
        }

        var json = InquiryJson.Default;
        var question = JsonSerializer.Serialize(JobQuestion(job), json.JobsQuestion);
        var partition = leader.PartitionOf(job.Model);
        var answer = await AskAsync(partition, InquiryKinds.Waiting, question, json.WaitingJobs, StatusLimit, cancellationToken);
        if (answer is null)
        {
            Volatile.Write(ref _silentUntil, (time.GetUtcNow() + Pause).UtcTicks);
        }

        return answer?.Jobs.Count > 0 ? answer.Jobs[0] : null;
    }

    public Task<JobPlacement?> ExplainAsync(StoredJob job, CancellationToken cancellationToken)
    {
        var json = InquiryJson.Default;
        var question = JsonSerializer.Serialize(JobQuestion(job), json.JobsQuestion);
        var partition = leader.PartitionOf(job.Model);
        return AskAsync(partition, InquiryKinds.ExplainJob, question, json.JobPlacement, limit: null, cancellationToken);
    }

    /// <summary>Where a job that is not stored would go.</summary>
    public Task<RequestPlacement?> ExplainAsync(NewJob job, CancellationToken cancellationToken)
    {
        var json = InquiryJson.Default;
        var request = new RequestQuestion
        {
            TenantId = job.TenantId,
            Model = job.Model,
            Route = job.Route,
            Needs = job.Needs,
            EstimatedInputTokens = job.EstimatedInputTokens,
            EstimatedOutputTokens = job.EstimatedOutputTokens,
            Fallbacks = job.Fallbacks,
            Affinity = job.Affinity,
        };
        var question = JsonSerializer.Serialize(request, json.RequestQuestion);
        var partition = leader.PartitionOf(job.Model);
        return AskAsync(partition, InquiryKinds.ExplainRequest, question, json.RequestPlacement, limit: null, cancellationToken);
    }

    /// <summary>What the leader of a partition knows of every endpoint.</summary>
    public async Task<IReadOnlyList<EndpointState>?> ReadAsync(int partition, CancellationToken cancellationToken)
    {
        var type = InquiryJson.Default.EndpointStates;
        return (await AskAsync(partition, InquiryKinds.Endpoints, "{}", type, limit: null, cancellationToken))?.Endpoints;
    }

    private async Task<T?> AskAsync<T>(
        int partition,
        string kind,
        string question,
        JsonTypeInfo<T> answerType,
        TimeSpan? limit,
        CancellationToken cancellationToken
    )
        where T : class =>
        await leader.AskAsync(partition, kind, question, limit, cancellationToken) is { } answer
            ? JsonSerializer.Deserialize(answer, answerType)
            : null;

    private static JobsQuestion JobQuestion(StoredJob job) => new() { JobIds = [job.Id.Value] };
}
