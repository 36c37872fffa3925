namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Tests that measure the process: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
