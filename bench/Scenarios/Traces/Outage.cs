namespace InferenceBroker.Scenarios.Traces;

/// <summary>A time in which a provider fails.</summary>
/// <param name="ErrorShare">Of the calls, 0 to 1; 1: it is dead, and calls under way die with it.</param>
/// <param name="Hangs">Calls end by a timeout instead of an error.</param>
internal readonly record struct Outage(DateTimeOffset Start, DateTimeOffset End, double ErrorShare = 1, bool Hangs = false);
