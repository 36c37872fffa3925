namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// What calls use of what was reserved for them: mean and variance of the share, moving over the last 64 or so. Tells what the calls under
/// way together will use, which is less than their reservations, since those are made to be enough nearly always. Not thread safe.
/// </summary>
internal sealed class UsageExperience
{
    private const int FewestCalls = 32;
    private const double SlowestStep = 1.0 / 64;

    private int _calls;
    private double _mean;
    private double _variance;

    public void Add(double reserved, double used)
    {
        if (reserved <= 0)
        {
            return;
        }

        _calls = Math.Min(_calls + 1, FewestCalls * FewestCalls);
        var step = Math.Max(1.0 / _calls, SlowestStep);
        var difference = (used / reserved) - _mean;
        _mean += difference * step;
        _variance = (1 - step) * (_variance + (difference * difference * step));
    }

    /// <summary>What calls with these reservations will hardly exceed; never more than the reservations.</summary>
    public double Expected(double reserved, double squares, double deviations) =>
        _calls < FewestCalls
            ? reserved
            : Math.Min(reserved, (reserved * _mean) + (deviations * Math.Sqrt(_variance * Math.Max(0, squares))));
}
