using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.xUnit;
using Shouldly;
using Xunit;

namespace InferenceBroker.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Roles = ["Api", "Scheduler", "Workers"];

    /// <summary>What each project may reference; Standalone composes everything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Domain"] = [],
        ["Persistence"] = ["Domain"],
        ["Messaging"] = ["Contracts"],
        ["Providers"] = ["Domain"],
        ["Dashboard"] = ["Contracts", "Persistence"],
        ["Hosting"] = ["Domain", "Persistence", "Messaging", "Providers"],
        ["Api"] = ["Contracts", "Domain", "Persistence", "Messaging", "Providers", "Hosting", "Dashboard"],
        ["Scheduler"] = ["Contracts", "Domain", "Persistence", "Messaging", "Providers", "Hosting"],
        ["Workers"] = ["Contracts", "Domain", "Persistence", "Messaging", "Providers", "Hosting"],
        ["Standalone"] =
        [
            "Contracts",
            "Domain",
            "Persistence",
            "Messaging",
            "Providers",
            "Hosting",
            "Api",
            "Scheduler",
            "Workers",
            "Dashboard",
        ],
    };

    private static readonly IObjectProvider<IType> MassTransit = ArchRuleDefinition
        .Types(includeReferenced: true)
        .That()
        .ResideInNamespaceMatching(@"^MassTransit(\.|$)")
        .As("MassTransit");

    public static TheoryData<string> Projects => [.. Solution.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project) =>
        Solution.ProjectReferences(project).Except(Allowed[project]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_depend_only_on_projects_that_theirs_may_reference(string project)
    {
        foreach (var other in Solution.Projects.Except(Allowed[project]).Where(other => other != project))
            ArchRuleDefinition
                .Types()
                .That()
                .Are(Solution.TypesOf(project))
                .Should()
                .NotDependOnAny(Solution.TypesOf(other))
                .WithoutRequiringPositiveResults()
                .Check(Solution.Architecture);
    }

    [Fact]
    public void Domain_and_Contracts_need_no_package_at_run_time()
    {
        Solution.PackageReferences("Domain").ShouldBeEmpty();
        Solution.PackageReferences("Contracts").ShouldBe(["Microsoft.CodeAnalysis.PublicApiAnalyzers"]);
    }

    [Fact]
    public void Only_Messaging_and_the_consumers_of_the_roles_know_MassTransit()
    {
        foreach (var project in Solution.Projects.Except(Roles).Where(project => project != "Messaging"))
            ArchRuleDefinition
                .Types()
                .That()
                .Are(Solution.TypesOf(project))
                .Should()
                .NotDependOnAny(MassTransit)
                .WithoutRequiringPositiveResults()
                .Check(Solution.Architecture);
    }

    [Fact]
    public void The_rules_see_what_they_look_for() =>
        Should.Throw<FailedArchRuleException>(() =>
            ArchRuleDefinition
                .Types()
                .That()
                .Are(Solution.TypesOf("Messaging"))
                .Should()
                .NotDependOnAny(MassTransit)
                .Check(Solution.Architecture)
        );

    [Fact]
    public void In_a_role_only_consumers_know_MassTransit()
    {
        foreach (var role in Roles)
            ArchRuleDefinition
                .Types()
                .That()
                .Are(Solution.TypesOf(role))
                .And()
                .DoNotHaveNameMatching("Consumer(Definition)?$")
                .Should()
                .NotDependOnAny(MassTransit)
                .WithoutRequiringPositiveResults()
                .Check(Solution.Architecture);
    }
}
