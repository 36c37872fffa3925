using System.Runtime.InteropServices;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>The valid lines of the input by their key. Not thread safe.</summary>
internal sealed class LineIndex
{
    private readonly Dictionary<UInt128, IndexedLine> _lines = [];

    public int Count => _lines.Count;

    /// <summary>False: another line has this <c>custom_id</c>.</summary>
    public bool TryAdd(LineKey key, int number) =>
        _lines.TryAdd(key.Name, new IndexedLine(key.Content, number, Round: 0, LineStatus.Pending));

    public IndexedLine? FindByName(UInt128 name) => _lines.TryGetValue(name, out var line) ? line : null;

    /// <summary>Null where there is no such line, or where it has been edited since.</summary>
    public IndexedLine? Find(LineKey key) => _lines.TryGetValue(key.Name, out var line) && line.Content == key.Content ? line : null;

    public void SetStatus(LineKey key, LineStatus status)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrNullRef(_lines, key.Name);
        line = line with { Status = status };
    }

    /// <summary>A job of this round failed: the next one is a new request.</summary>
    public void PassRound(LineKey key, ushort failedRound)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrNullRef(_lines, key.Name);
        line = line with { Round = Math.Max(line.Round, (ushort)(failedRound + 1)) };
    }
}
