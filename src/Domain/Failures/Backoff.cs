namespace InferenceBroker.Domain.Failures;

/// <summary>The pause before an endpoint is tried again: 0.5 s · 2ⁿ, at most 8 s, with full jitter.</summary>
public static class Backoff
{
    private const double FirstSeconds = 0.5;
    private const double LongestSeconds = 8;

    // 0.5 s · 2⁴ is the cap already; a larger exponent would only overflow.
    private const int LargestExponent = 4;

    /// <param name="failures">How many attempts failed before, n.</param>
    /// <param name="random">A number from 0 to 1: full jitter, so that jobs that failed together do not come back together.</param>
    public static TimeSpan Pause(int failures, double random)
    {
        var seconds = FirstSeconds * (1 << Math.Clamp(failures, 0, LargestExponent));
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds) * random);
    }
}
