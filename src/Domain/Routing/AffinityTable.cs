using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Routing;

/// <summary>
/// Remembers which endpoint served the last job of each affinity hash, so that the next one finds its prompt in the provider's cache. Holds a
/// fixed number of hashes and forgets the one that was not used for longest. It costs nothing to lose it. Not thread safe.
/// </summary>
public sealed class AffinityTable
{
    /// <summary>The hash of a job without affinity.</summary>
    public const long NoAffinity = 0;

    private const int None = -1;

    private readonly Dictionary<long, int> _slots;
    private readonly Slot[] _entries;
    private int _newest = None;
    private int _oldest = None;

    public AffinityTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _slots = new Dictionary<long, int>(capacity);
        _entries = new Slot[capacity];
    }

    public int Count => _slots.Count;

    /// <summary>The candidate that served this hash last.</summary>
    /// <param name="margin">How many more it may have in flight than the candidate that has fewest.</param>
    /// <returns>An index into <paramref name="candidates"/>; -1: none is preferred.</returns>
    public int Prefer(long hash, ReadOnlySpan<Candidate> candidates, int margin)
    {
        if (hash == NoAffinity || !_slots.TryGetValue(hash, out var slot))
        {
            return None;
        }

        var preferred = None;
        var fewest = int.MaxValue;
        for (var i = 0; i < candidates.Length; i++)
        {
            fewest = Math.Min(fewest, candidates[i].InFlight);
            if (ReferenceEquals(candidates[i].Endpoint, _entries[slot].Endpoint))
            {
                preferred = i;
            }
        }

        return preferred != None && candidates[preferred].InFlight - fewest <= margin ? preferred : None;
    }

    /// <summary>A job of this hash goes to the endpoint.</summary>
    public void Note(long hash, EndpointCredit endpoint)
    {
        if (hash == NoAffinity)
        {
            return;
        }

        if (_slots.TryGetValue(hash, out var slot))
        {
            Unlink(slot);
        }
        else
        {
            slot = FreeSlot();
            _slots.Add(hash, slot);
        }

        LinkAsNewest(slot, hash, endpoint);
    }

    private int FreeSlot()
    {
        if (_slots.Count < _entries.Length)
        {
            return _slots.Count;
        }

        var oldest = _oldest;
        _slots.Remove(_entries[oldest].Hash);
        Unlink(oldest);
        return oldest;
    }

    private void LinkAsNewest(int slot, long hash, EndpointCredit endpoint)
    {
        _entries[slot] = new Slot(hash, endpoint) { Newer = None, Older = _newest };
        if (_newest == None)
        {
            _oldest = slot;
        }
        else
        {
            _entries[_newest].Newer = slot;
        }

        _newest = slot;
    }

    private void Unlink(int slot)
    {
        var (newer, older) = (_entries[slot].Newer, _entries[slot].Older);
        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _entries[newer].Older = older;
        }

        if (older == None)
        {
            _oldest = newer;
        }
        else
        {
            _entries[older].Newer = newer;
        }
    }

    private struct Slot(long hash, EndpointCredit endpoint)
    {
        public long Hash { get; } = hash;

        public EndpointCredit Endpoint { get; } = endpoint;

        public int Newer { get; set; }

        public int Older { get; set; }
    }
}
