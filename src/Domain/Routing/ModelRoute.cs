namespace InferenceBroker.Domain.Routing;

/// <summary>A public model name with its targets, policy and fallbacks.</summary>
/// <param name="Name">Exact, or with one <c>*</c> at the end; <c>*</c> alone takes every model.</param>
/// <param name="Policy">A name of <see cref="RoutingPolicies"/>.</param>
/// <param name="Fallbacks">Names of other routes, tried in order once this route's targets failed for a job.</param>
public sealed record ModelRoute(string Name, string Policy, IReadOnlyList<Target> Targets, IReadOnlyList<string> Fallbacks)
{
    /// <summary>True where the name ends with <c>*</c>.</summary>
    public bool IsPattern => Name.EndsWith('*');

    public bool Matches(string model) =>
        IsPattern ? model.StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : Name == model;
}
