namespace InferenceBroker.Domain.Routing;

/// <summary>A route's target at run time, shared by its candidates.</summary>
/// <param name="order">Its place among the route's targets, from 0.</param>
public sealed class TargetState(Target target, int order)
{
    // Doubles, since every pick by price compares them; what is charged in the end is calculated in decimals.
    private readonly double _inputNanoUsd = (double)(target.Price.InputPerMillion * 1000);
    private readonly double _outputNanoUsd = (double)(target.Price.OutputPerMillion * 1000);

    public Target Target { get; } = target;

    public int Order { get; } = order;

    /// <summary>Belongs to <see cref="SmoothWeighted"/>.</summary>
    public double Balance { get; set; }

    public TargetState Copy() => new(Target, Order) { Balance = Balance };

    /// <summary>What the job is expected to cost here, in billionths of a dollar.</summary>
    public double ExpectedNanoUsd(JobEstimate job) => (job.InputTokens * _inputNanoUsd) + (job.OutputTokens * _outputNanoUsd);
}
