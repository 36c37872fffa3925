using System.Buffers.Binary;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run;

/// <summary>Makes the job of a line.</summary>
internal sealed class LineJob(string runId, RunOwner owner, TimeProvider time)
{
    private const short BatchPriority = 2;

    public NewJob Create(InputLine line, LineKey key, ushort round) =>
        new()
        {
            Id = LineJobId.Create(time, key.Content, round),
            TenantId = owner.TenantId,
            ApiKeyId = owner.ApiKeyId,
            Operation = line.Operation,
            Model = line.Model,
            Body = line.Body.ToArray(),
            Streaming = line.Streaming,
            Priority = BatchPriority,
            Lane = Lane.Batch,
            CreatedAt = time.GetUtcNow(),
            EstimatedInputTokens = line.Placement.InputTokens,
            EstimatedOutputTokens = TokenEstimate.Output(line.Operation, line.MaxOutputTokens),
            Route = line.Placement.Route,
            Needs = line.Placement.Needs,
            Affinity = line.Placement.Affinity,
            Metadata = line.Metadata,
            BatchId = runId,
            CustomId = line.CustomId,
        };

    /// <summary>One job for each line, content and round, whatever is started and killed how often.</summary>
    public IdempotencyKey KeyOf(LineKey key, ushort round)
    {
        var hash = new byte[32];
        BinaryPrimitives.WriteUInt128BigEndian(hash, key.Name);
        BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(16), key.Content);
        return new IdempotencyKey($"{runId}:{key.Name:x32}:{key.Content:x16}:{round}", hash);
    }
}
