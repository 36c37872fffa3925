namespace InferenceBroker.Domain.Routing;

/// <summary>
/// Smooth weighted round robin, as nginx does it: (1) every candidate's balance grows by its weight; (2) the largest balance is picked;
/// (3) the picked one pays the sum of the weights. 5/1/1 gives a a b a c a a, not a a a a a b c. The balance of one that is no candidate
/// stands still: its share is spread over the others in proportion, and it does not come back with a burst.
/// </summary>
public static class SmoothWeighted
{
    /// <returns>The index of the picked one.</returns>
    public static int Pick<T>(ReadOnlySpan<T> candidates)
        where T : class, IWeighted
    {
        if (candidates.Length == 1)
        {
            return 0;
        }

        var best = 0;
        var sum = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            candidate.Balance += candidate.Weight;
            sum += candidate.Weight;
            if (candidate.Balance > candidates[best].Balance)
            {
                best = i;
            }
        }

        candidates[best].Balance -= sum;
        return best;
    }
}
