using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>
/// The end of an attempt and what the saga made of it. Applied only while the job is running with this fence; otherwise the attempt is
/// recorded as superseded and its cost added, and nothing else changes.
/// </summary>
public sealed record AttemptEnd
{
    public required JobId Id { get; init; }

    public required long Fence { get; init; }

    /// <summary>The attempt's number.</summary>
    public required int Attempt { get; init; }

    public required Guid WorkerId { get; init; }

    /// <summary><c>provider/key/model</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model name that the provider was asked for.</summary>
    public required string UpstreamModel { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    public FailureClass Failure { get; init; }

    /// <summary>The failure's text, cleaned of keys and prompts; null where it succeeded.</summary>
    public string? FailureMessage { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public int? TimeToFirstTokenMs { get; init; }

    /// <summary>The sequence number of <c>attempt.started</c>.</summary>
    public required int StartedSequence { get; init; }

    /// <summary>The sequence number of the last chunk stored (or of <c>attempt.started</c>); <c>attempt.ended</c> takes the next one, the terminal event the one after.</summary>
    public required int LastSequence { get; init; }

    public TokenUsage? Usage { get; init; }

    public long CostNanoUsd { get; init; }

    /// <summary>Where the saga sends the job.</summary>
    public required JobState Next { get; init; }

    /// <summary>True where the attempt counts against the job's limit.</summary>
    public bool CostsAttempt { get; init; }

    /// <summary>For a requeued job: not to be dispatched before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>For a requeued job: the endpoint joins the list of those that failed it.</summary>
    public bool AddToTried { get; init; }

    /// <summary>For a requeued job: the route that takes it over. Null: its route stays.</summary>
    public string? Route { get; init; }

    /// <summary>The HTTP status of the answer; set where <see cref="Next"/> is completed, and for a failed job whose provider answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The answer in the request's dialect.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>Set where <see cref="Next"/> is failed or expired.</summary>
    public JobFailure? Error { get; init; }
}
