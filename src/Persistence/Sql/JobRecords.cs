using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>Makes records of rows. An object initializer runs in the order in which it is written, which is that of <see cref="JobColumns"/>.</summary>
internal static class JobRecords
{
    private const int AttemptColumnsAfterNumber = 13;

    public static JobId Id(ColumnReader row) => new(row.Id());

    public static QueuedJob Queued(ColumnReader row) =>
        new()
        {
            Id = new JobId(row.Id()),
            TenantId = row.Int(),
            Lane = (Lane)row.Short(),
            Model = row.Text(),
            Fence = row.Long(),
            EstimatedInputTokens = row.Int(),
            EstimatedOutputTokens = row.Int(),
            CreatedAt = row.Time(),
            NotBefore = row.TimeOrNull(),
            Deadline = row.TimeOrNull(),
            AttemptsSpent = row.Int(),
            Tried = StoredText.SplitLines(row.TextOrNull()),
            Fallbacks = StoredText.SplitLines(row.TextOrNull()),
            Route = row.TextOrNull(),
            Needs = row.Int(),
            Affinity = row.LongOrNull(),
            ApiKeyId = row.Int(),
            Priority = row.Short(),
            BatchHash = row.Long(),
            MaxCostNanoUsd = row.LongOrNull(),
            CostNanoUsd = row.Long(),
            Replay = (ReplayPolicy)row.Short(),
        };

    public static InFlightJob InFlight(ColumnReader row) =>
        new(
            Id: new JobId(row.Id()),
            TenantId: row.Int(),
            Fence: row.Long(),
            State: (JobState)row.Short(),
            Endpoint: row.Text(),
            EstimatedInputTokens: row.Int(),
            EstimatedOutputTokens: row.Int(),
            DispatchedAt: row.Time(),
            ApiKeyId: row.Int(),
            Lane: (Lane)row.Short(),
            BatchHash: row.Long(),
            StartedAt: row.TimeOrNull()
        );

    /// <summary>The columns of a started job, then its body.</summary>
    public static StartedJob Started(ColumnReader row) =>
        new()
        {
            Id = new JobId(row.Id()),
            TenantId = row.Int(),
            Fence = row.Long(),
            Operation = (Operation)row.Short(),
            Model = row.Text(),
            Streaming = row.Bool(),
            Lane = (Lane)row.Short(),
            Attempt = row.Int(),
            AttemptsSpent = row.Int(),
            LastSequence = row.Int(),
            StartedAt = row.Time(),
            CreatedAt = row.Time(),
            Deadline = row.TimeOrNull(),
            Replay = (ReplayPolicy)row.Short(),
            EstimatedInputTokens = row.Int(),
            EstimatedOutputTokens = row.Int(),
            Tried = StoredText.SplitLines(row.TextOrNull()),
            Fallbacks = StoredText.SplitLines(row.TextOrNull()),
            Route = row.TextOrNull(),
            Needs = row.Int(),
            Affinity = row.LongOrNull(),
            ApiKeyId = row.Int(),
            Priority = row.Short(),
            BatchHash = row.Long(),
            MaxCostNanoUsd = row.LongOrNull(),
            CostNanoUsd = row.Long(),
            Body = row.Bytes(),
        };

    public static StoredJob Stored(ColumnReader row) =>
        new()
        {
            Id = new JobId(row.Id()),
            TenantId = row.Int(),
            State = (JobState)row.Short(),
            Operation = (Operation)row.Short(),
            Model = row.Text(),
            Streaming = row.Bool(),
            Priority = row.Short(),
            Lane = (Lane)row.Short(),
            Fence = row.Long(),
            Attempt = row.Int(),
            AttemptsSpent = row.Int(),
            LastSequence = row.Int(),
            Endpoint = row.TextOrNull(),
            CreatedAt = row.Time(),
            NotBefore = row.TimeOrNull(),
            Deadline = row.TimeOrNull(),
            StartedAt = row.TimeOrNull(),
            EndedAt = row.TimeOrNull(),
            CancelRequestedAt = row.TimeOrNull(),
            Usage = Usage(row.IntOrNull(), row.IntOrNull()),
            CostNanoUsd = row.Long(),
            Error = Failure(row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull()),
            Metadata = row.TextOrNull(),
            BatchId = row.TextOrNull(),
            CustomId = row.TextOrNull(),
            Route = row.TextOrNull(),
        };

    /// <summary>Null: the outer join found no attempt.</summary>
    public static StoredAttempt? AttemptOrNull(ColumnReader row)
    {
        if (row.IntOrNull() is not { } number)
        {
            row.Skip(AttemptColumnsAfterNumber);
            return null;
        }

        return new StoredAttempt
        {
            Number = number,
            Endpoint = row.Text(),
            UpstreamModel = row.Text(),
            Outcome = (AttemptOutcome)row.Short(),
            Failure = (FailureClass)row.Short(),
            FailureMessage = row.TextOrNull(),
            StartedAt = row.Time(),
            EndedAt = row.Time(),
            TimeToFirstTokenMs = row.IntOrNull(),
            StartedSequence = row.Int(),
            EndedSequence = row.IntOrNull(),
            Usage = Usage(row.IntOrNull(), row.IntOrNull()),
            CostNanoUsd = row.Long(),
        };
    }

    private static TokenUsage? Usage(int? input, int? output) =>
        input is null && output is null ? null : new TokenUsage(input ?? 0, output ?? 0);

    private static JobFailure? Failure(string? code, string? message, string? type, string? param) =>
        code is null ? null : new JobFailure(code, message ?? "", type ?? "", param);
}
