using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>One attempt of a job. <see cref="Outcome"/> is null while it runs.</summary>
public sealed record StoredAttempt
{
    public required int Number { get; init; }

    public required string Endpoint { get; init; }

    public required string UpstreamModel { get; init; }

    public AttemptOutcome? Outcome { get; init; }

    public FailureClass Failure { get; init; }

    public string? FailureMessage { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int? TimeToFirstTokenMs { get; init; }

    public required int StartedSequence { get; init; }

    /// <summary>Null while it runs, and for a superseded one whose end was never part of the log.</summary>
    public int? EndedSequence { get; init; }

    public TokenUsage? Usage { get; init; }

    public long CostNanoUsd { get; init; }
}
