namespace InferenceBroker.Providers.Simulated;

/// <summary>How often a fault happens, from 0 to 1.</summary>
internal readonly record struct SimulatedFaultRate(SimulatedFault Fault, double Share);
