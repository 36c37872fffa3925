using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Failures;

/// <summary>What <see cref="RetryDecision"/> needs to know of an attempt that failed, and of its job.</summary>
public readonly record struct FailedAttempt
{
    public required FailureClass Failure { get; init; }

    /// <summary>Attempts that counted against the limit before this one.</summary>
    public required int SpentBefore { get; init; }

    public required ReplayPolicy Replay { get; init; }

    /// <summary>The provider had begun to answer.</summary>
    public bool HasOutput { get; init; }

    /// <summary>The job's deadline.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>This endpoint had failed the job before this attempt.</summary>
    public bool FailedHereBefore { get; init; }

    /// <summary>The job's route or its fallbacks have an endpoint that has not failed the job yet. True where unknown.</summary>
    public required bool HasOtherEndpoints { get; init; }

    /// <summary>
    /// The route that may answer what no other endpoint of this one can: with a larger context, or without this content filter. Null: none.
    /// </summary>
    public string? OtherRoute { get; init; }
}
