using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Inquiries;

internal sealed class PlacementReport(SchedulerMemory memory) : IPlacementReport
{
    private const int MostJobs = 100;

    private readonly TrialPlacement _trial = new(memory.Routes, memory.Chooser.Affinity, Random.Shared.NextDouble);
    private readonly QueuePlaces _places = new();
    private readonly WaitingEstimate _estimate = new(memory.Index);

    public WaitingJobs Waiting(IReadOnlyList<Guid> jobIds, DateTimeOffset now)
    {
        var jobs = jobIds.Take(MostJobs).Distinct().Select(memory.Index.Find).OfType<IndexedJob>().ToList();
        var places = _places.Find(jobs, now);
        return new WaitingJobs { Jobs = [.. jobs.Select(job => Describe(job, TrialOf(job, now), places, now))] };
    }

    public JobPlacement ExplainJob(Guid jobId, DateTimeOffset now)
    {
        var decisions = DecisionReport.Of(memory.Decisions, jobId);
        if (memory.Index.Find(jobId) is not { } job)
        {
            return new JobPlacement { Decisions = decisions };
        }

        var trial = TrialOf(job, now);
        return new JobPlacement
        {
            Job = Describe(job, trial, _places.Find([job], now), now),
            Routes = trial?.Routes ?? [],
            Decisions = decisions,
        };
    }

    public RequestPlacement ExplainRequest(RequestQuestion request, DateTimeOffset now)
    {
        var lane = memory.Index.TenantOf(request.TenantId).LaneOf(Lane.Standard);
        var group = new JobGroup(lane, apiKeyId: 0, batchHash: 0)
        {
            Account = new Account(memory.Accounts.TenantBudget(request.TenantId), null),
        };
        var job = new IndexedJob(Guid.Empty, group, memory.Routes.ModelOf(request.Route ?? request.Model))
        {
            InputTokens = request.EstimatedInputTokens,
            MaxOutputTokens = request.EstimatedOutputTokens,
            Capabilities = (Capabilities)request.Needs & Capabilities.All,
            Wishes = JobWishes.Of(
                request.Fallbacks,
                placement: null,
                request.Affinity ?? AffinityTable.NoAffinity,
                tried: null,
                maxNanoUsd: null,
                spentNanoUsd: 0
            ),
        };
        var trial = _trial.Place(job, now);
        return new RequestPlacement
        {
            Reason = trial.NoTarget ?? trial.Refusal?.Text(ahead: 0),
            Endpoint = trial.Endpoint,
            Routes = trial.Routes,
        };
    }

    public EndpointStates Endpoints(DateTimeOffset now) =>
        new()
        {
            Endpoints =
            [
                .. memory
                    .Credits.Endpoints.Select(endpoint => EndpointReport.Of(endpoint, memory.Health.Endpoint(endpoint.Id), now))
                    .OrderBy(state => state.Endpoint, StringComparer.Ordinal),
            ],
        };

    private TrialResult? TrialOf(IndexedJob job, DateTimeOffset now) =>
        job.State is IndexedState.Waiting or IndexedState.Queued ? _trial.Place(job, now) : null;

    private WaitingJob Describe(IndexedJob job, TrialResult? trial, Dictionary<Guid, QueuePlace> places, DateTimeOffset now)
    {
        QueuePlace? place = places.TryGetValue(job.Id, out var found) ? found : null;
        return new WaitingJob
        {
            JobId = job.Id,
            State = StateOf(job),
            Reason = ReasonOf(job, trial, place),
            Position = place?.Ahead + 1,
            EtaSeconds = place is { } known && trial is not null ? _estimate.SecondsOf(job, known, trial.Refusal, now) : null,
        };
    }

    private static string StateOf(IndexedJob job) =>
        job.State switch
        {
            IndexedState.Waiting => "waiting",
            IndexedState.Queued => "queued",
            IndexedState.Claiming => "claiming",
            _ => "in_flight",
        };

    private static string? ReasonOf(IndexedJob job, TrialResult? trial, QueuePlace? place)
    {
        if (trial is null || job.State == IndexedState.Waiting)
        {
            // What waits for its time says so in its row; otherwise it waits since no target can serve it.
            return job.State == IndexedState.Claiming ? "being dispatched" : trial?.NoTarget;
        }

        var ahead = place?.Ahead ?? 0;
        return trial.NoTarget ?? trial.Refusal?.Text(ahead) ?? TurnText(place);
    }

    private static string TurnText(QueuePlace? place) =>
        place?.Ahead switch
        {
            null => "its turn comes after others",
            0 => "its turn is next",
            1 => "its turn comes after 1 other",
            var ahead => $"its turn comes after {ahead} others",
        };
}
