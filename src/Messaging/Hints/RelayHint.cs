using InferenceBroker.Contracts.Relay;

namespace InferenceBroker.Messaging.Hints;

/// <summary>One relay hint: a frame, or a job that changed or ended.</summary>
internal readonly record struct RelayHint(Guid JobId, ChunkFrame? Frame = null, bool HasEnded = false)
{
    /// <summary>The characters of its chunks.</summary>
    public int Size
    {
        get
        {
            var size = 0;
            if (Frame is { Chunks: var chunks })
                for (var index = 0; index < chunks.Count; index++)
                    size += chunks[index].Length;
            return size;
        }
    }

    /// <summary>One message: frames in their order, each changed or ended job once.</summary>
    public static JobsChanged Coalesce(List<RelayHint> hints)
    {
        List<ChunkFrame> frames = [];
        HashSet<Guid> changed = [];
        HashSet<Guid> ended = [];
        foreach (var hint in hints)
        {
            if (hint.Frame is not null)
                frames.Add(hint.Frame);
            else if (hint.HasEnded)
                ended.Add(hint.JobId);
            else
                changed.Add(hint.JobId);
        }

        changed.ExceptWith(ended);
        return new JobsChanged
        {
            Frames = frames,
            Changed = [.. changed],
            Ended = [.. ended],
        };
    }
}
