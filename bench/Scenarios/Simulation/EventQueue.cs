namespace InferenceBroker.Scenarios.Simulation;

/// <summary>What will happen, in the order of virtual time; what happens at the same time, in the order in which it was planned.</summary>
internal sealed class EventQueue(DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (long Time, long Number)> _events = new();
    private long _number;

    public DateTimeOffset Now { get; private set; } = start;

    public void At(DateTimeOffset time, Action happens) => _events.Enqueue(happens, (Math.Max(time.UtcTicks, Now.UtcTicks), _number++));

    public void After(TimeSpan wait, Action happens) => At(Now + wait, happens);

    /// <summary>Lets time pass until then, or until nothing is planned any more.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (_events.TryPeek(out var happens, out var at) && at.Time <= until.UtcTicks)
        {
            _events.Dequeue();
            Now = new DateTimeOffset(at.Time, TimeSpan.Zero);
            happens();
        }

        Now = until;
    }
}
