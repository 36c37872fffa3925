using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>A running attempt that the recovery sweep ends.</summary>
/// <param name="Overdue">Past its deadline; otherwise its worker is lost.</param>
internal sealed record LostAttempt(
    JobId Id,
    long Fence,
    int Attempt,
    int AttemptsSpent,
    Guid WorkerId,
    string Endpoint,
    DateTimeOffset StartedAt,
    int StartedSequence,
    int LastSequence,
    ReplayPolicy Replay,
    DateTimeOffset? Deadline,
    bool CancelRequested,
    bool Overdue
);
