using System.Reflection;
using ArchUnitNET.Fluent;
using ArchUnitNET.xUnit;
using InferenceBroker.Contracts.Dispatch;
using Shouldly;
using Xunit;

namespace InferenceBroker.Architecture.Tests;

public sealed class TypeTests
{
    [Fact]
    public void Contracts_has_only_records_and_enums() =>
        typeof(ExecuteJobs).Assembly.GetExportedTypes().Where(type => !type.IsEnum && !IsRecord(type)).ShouldBeEmpty();

    [Fact]
    public void No_type_is_a_helper_or_a_manager() =>
        ArchRuleDefinition
            .Types()
            .Should()
            .NotHaveNameMatching("(Helper|Helpers|Manager|Managers|Util|Utils)$")
            .Check(Solution.Architecture);

    // The compiler gives every record this method and nothing else can have its name.
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null;
}
