using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>A name that jobs ask for, or that a rule chose for them, with its route: looked up once, shared by all its jobs.</summary>
internal sealed class ModelState(string name, RouteState route, OutputCalibration answers)
{
    public string Name { get; } = name;

    public RouteState Route { get; } = route;

    /// <summary>How long its answers have been.</summary>
    public OutputCalibration Answers { get; } = answers;
}
