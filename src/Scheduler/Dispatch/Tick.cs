namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>For the dispatch loop: time has passed.</summary>
internal sealed class Tick
{
    public static Tick Instance { get; } = new();
}
