namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>A name that jobs ask for, or that a rule chose for them, with its route: looked up once, shared by all its jobs.</summary>
internal sealed class ModelState(string name, RouteState route)
{
    public string Name { get; } = name;

    public RouteState Route { get; } = route;
}
