namespace InferenceBroker.Scheduler.Admission;

/// <summary>Jobs in order of a time. Jobs that are gone stay inside until they are met, or until they are the larger part.</summary>
internal sealed class JobHeap
{
    private const int FewGone = 64;

    private PriorityQueue<IndexedJob, long> _heap = new();
    private int _gone;

    public int Count => _heap.Count - _gone;

    /// <summary>With the ones that are gone.</summary>
    public int HeldCount => _heap.Count;

    public IEnumerable<IndexedJob> Jobs => _heap.UnorderedItems.Select(item => item.Element).Where(job => job.State != IndexedState.Gone);

    public void Add(IndexedJob job, long time) => _heap.Enqueue(job, time);

    public bool TryPeek(out IndexedJob job, out long time)
    {
        while (_heap.TryPeek(out job!, out time))
        {
            if (job.State != IndexedState.Gone)
            {
                return true;
            }

            _heap.Dequeue();
            _gone--;
        }

        return false;
    }

    /// <summary>Removes the job that <see cref="TryPeek"/> showed.</summary>
    public void RemoveFirst() => _heap.Dequeue();

    /// <summary>One of the jobs inside has become <see cref="IndexedState.Gone"/>.</summary>
    public void NoteGone()
    {
        _gone++;
        if (_gone > FewGone && _gone > _heap.Count / 2)
        {
            _heap = new PriorityQueue<IndexedJob, long>(_heap.UnorderedItems.Where(item => item.Element.State != IndexedState.Gone));
            _gone = 0;
        }
    }
}
