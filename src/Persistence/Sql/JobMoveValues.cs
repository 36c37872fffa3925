using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>What the stores write of an attempt's end beyond its plain properties.</summary>
internal static class JobMoveValues
{
    /// <summary>The endpoint between line breaks, as the list of tried endpoints holds it.</summary>
    public static string? Tried(AttemptEnd end) => end.AddToTried ? $"\n{end.Endpoint}\n" : null;

    public static int Spent(AttemptEnd end) => end.CostsAttempt ? 1 : 0;

    public static bool HasResult(AttemptEnd end) => end.StatusCode is not null && end.Next.IsTerminal();

    /// <summary>The chunks as one text of lines in UTF-8.</summary>
    public static byte[] Lines(IReadOnlyList<string> chunks) =>
        System.Text.Encoding.UTF8.GetBytes(chunks.Count == 1 ? chunks[0] : string.Join('\n', chunks));

    public static int LastSequence(ChunkAppend append) => append.FirstSequence + append.Chunks.Count - 1;
}
