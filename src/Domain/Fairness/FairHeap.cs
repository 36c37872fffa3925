namespace InferenceBroker.Domain.Fairness;

/// <summary>
/// Those who have work, the one with the lowest virtual time first. One that joins starts at the lowest time of those inside. A change of a
/// member's time costs O(log n) and allocates nothing. Not thread safe.
/// </summary>
public sealed class FairHeap<T>
    where T : class, IFairMember
{
    private readonly List<T> _items = [];
    private double _lowest;

    public int Count => _items.Count;

    /// <summary>The one to be served next; null: nobody has work.</summary>
    public T? First => _items.Count == 0 ? null : _items[0];

    /// <summary>Where one that joins now starts.</summary>
    public double VirtualTime => _items.Count == 0 ? _lowest : _items[0].Share.VirtualTime;

    public bool Contains(T item) => item.HeapIndex >= 0;

    /// <summary>It has work now, and starts where the others are. One that is inside already stays where it is.</summary>
    public void Add(T item)
    {
        if (Contains(item))
        {
            return;
        }

        item.Share.Join(VirtualTime);
        Return(item);
    }

    /// <summary>Puts one back that was only set aside for a round: without joining anew.</summary>
    public void Return(T item)
    {
        if (Contains(item))
        {
            return;
        }

        item.HeapIndex = _items.Count;
        _items.Add(item);
        Up(item.HeapIndex);
    }

    public void Remove(T item)
    {
        if (!Contains(item))
        {
            return;
        }

        _lowest = VirtualTime;
        var index = item.HeapIndex;
        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        item.HeapIndex = -1;
        if (last != item)
        {
            Put(last, index);
            Update(last);
        }
    }

    /// <summary>The item's time has changed: it was charged, or its charge was settled.</summary>
    public void Update(T item)
    {
        if (!Contains(item))
        {
            return;
        }

        Up(item.HeapIndex);
        Down(item.HeapIndex);
        _lowest = VirtualTime;
    }

    private void Up(int index)
    {
        var item = _items[index];
        while (index > 0 && _items[(index - 1) / 2].Share.VirtualTime > item.Share.VirtualTime)
        {
            Put(_items[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Put(item, index);
    }

    private void Down(int index)
    {
        var item = _items[index];
        while ((2 * index) + 1 < _items.Count)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _items.Count && _items[child + 1].Share.VirtualTime < _items[child].Share.VirtualTime)
            {
                child++;
            }

            if (_items[child].Share.VirtualTime >= item.Share.VirtualTime)
            {
                break;
            }

            Put(_items[child], index);
            index = child;
        }

        Put(item, index);
    }

    private void Put(T item, int index)
    {
        _items[index] = item;
        item.HeapIndex = index;
    }
}
