using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// How many tokens a model answers with: the last thousand or so answers, older ones fading. What to reserve is its 95th percentile and a
/// fifth more; how long to expect is its mean. Not thread safe.
/// </summary>
public sealed class OutputCalibration
{
    public const int Unknown = 4096;
    public const int Floor = 256;

    private const double Headroom = 1.2;
    private const double Percentile = 0.95;
    private const int FewestAnswers = 20;

    // The first answers to come back are the short ones: what was unknown gives way slowly, by half after so many.
    private const double SlowBelief = 500;
    private const int Fading = 1000;

    private readonly int[] _counts = new int[LogScale.Buckets];
    private int _total;
    private long _answers;
    private double _sum;

    /// <summary>Tokens of an answer on average; null while too little is known.</summary>
    public double? Mean => _total < FewestAnswers ? null : _sum / _total;

    public void Add(int outputTokens)
    {
        if (_total >= 2 * Fading)
        {
            Fade();
        }

        _counts[LogScale.IndexOf(Math.Max(1, outputTokens), 1)]++;
        _total++;
        _answers++;
        _sum += outputTokens;
    }

    /// <summary>What to reserve for an answer.</summary>
    /// <param name="maxTokens">The request's own limit, or null.</param>
    public int Reserve(int? maxTokens)
    {
        var belief = _total < FewestAnswers ? 0 : _answers / (_answers + SlowBelief);
        var observed = Math.Max(Floor, (int)Math.Ceiling((Quantile(Percentile) * Headroom * belief) + (Unknown * (1 - belief))));
        return maxTokens is { } most && most < observed ? most : observed;
    }

    /// <summary>What to expect of an answer.</summary>
    public double Expect(int? maxTokens) => Math.Min(Mean ?? Unknown / 4.0, maxTokens ?? int.MaxValue);

    private double Quantile(double share) => LogScale.Middle(LogScale.Quantile(_counts, _total, share), 1);

    private void Fade()
    {
        var before = _total;
        _total = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] /= 2;
            _total += _counts[i];
        }

        _sum *= (double)_total / before;
    }
}
