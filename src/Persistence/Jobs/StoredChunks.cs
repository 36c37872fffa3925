namespace InferenceBroker.Persistence.Jobs;

/// <summary>Consecutive chunks as stored.</summary>
public sealed record StoredChunks(int Attempt, int FirstSequence, IReadOnlyList<string> Chunks)
{
    public int LastSequence => FirstSequence + Chunks.Count - 1;
}
