using Xunit;

namespace InferenceBroker.Hosting.Tests;

/// <summary>Tests that replace the process' error stream run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}
