using InferenceBroker.Domain.Jobs;
using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Rigs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Load.Phases;

/// <summary>Stores many jobs at once, as the lines of a batch are stored.</summary>
internal static class Backlog
{
    private const int Page = 500;

    public static async Task InsertAsync(IRig rig, string batchId, string model, int jobs, int promptBytes, DateTimeOffset? notBefore)
    {
        for (var first = 0; first < jobs; first += Page)
        {
            var page = Enumerable
                .Range(first, Math.Min(Page, jobs - first))
                .Select(n => Job(rig, batchId, model, n, promptBytes, notBefore));
            await rig.Store.InsertAsync([.. page], CancellationToken.None);
        }
    }

    private static NewJob Job(IRig rig, string batchId, string model, int number, int promptBytes, DateTimeOffset? notBefore) =>
        new()
        {
            Id = JobId.Create(TimeProvider.System),
            TenantId = rig.Owner.TenantId,
            ApiKeyId = rig.Owner.ApiKeyId,
            Operation = Operation.ChatCompletions,
            Model = model,
            Body = Prompts.Chat(model, number, promptBytes),
            Priority = 2,
            Lane = Lane.Batch,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            NotBefore = notBefore,
            EstimatedInputTokens = promptBytes / 4,
            EstimatedOutputTokens = 64,
            BatchId = batchId,
        };
}
