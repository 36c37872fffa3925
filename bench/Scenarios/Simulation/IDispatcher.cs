namespace InferenceBroker.Scenarios.Simulation;

/// <summary>Takes jobs and sends them to providers: the broker, or a baseline.</summary>
internal interface IDispatcher
{
    void Submit(SimulatedJob job);
}
