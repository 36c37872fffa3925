namespace InferenceBroker.Domain.Routing;

/// <summary>A route's target at run time.</summary>
public sealed class TargetState(Target target, IReadOnlyList<KeyState> keys) : IWeighted
{
    public Target Target { get; } = target;

    /// <summary>One endpoint for each key of the provider.</summary>
    public IReadOnlyList<KeyState> Keys { get; } = keys;

    public int Weight => Target.Weight;

    public int Balance { get; set; }
}
