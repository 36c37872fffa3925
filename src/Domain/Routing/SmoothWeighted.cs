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
        var sum = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            var weight = candidate.Weight;
            candidate.Balance += weight;
            sum += weight;
            if (candidate.Balance > candidates[best].Balance)
            {
                best = i;
            }
        }

        candidates[best].Balance -= sum;
        return best;
    }

    /// <summary>First among the targets, then among the keys of the picked one. Candidates of one target stand together.</summary>
    /// <param name="equalTargets">Every target counts the same.</param>
    public static int PickByTarget(ReadOnlySpan<Candidate> candidates, bool equalTargets)
    {
        if (candidates.Length == 1)
        {
            return 0;
        }

        var (bestStart, bestEnd) = (0, 0);
        var sum = 0.0;
        for (var start = 0; start < candidates.Length; )
        {
            var target = candidates[start].Target;
            var (end, share) = EndOf(target, candidates, start);
            var weight = share * (equalTargets ? 1 : target.Target.Weight);
            target.Balance += weight;
            sum += weight;
            if (bestEnd == 0 || target.Balance > candidates[bestStart].Target.Balance)
            {
                (bestStart, bestEnd) = (start, end);
            }

            start = end;
        }

        candidates[bestStart].Target.Balance -= sum;
        return bestStart + Pick(candidates[bestStart..bestEnd]);
    }

    // The healthiest key decides what the target gets: it can take over what a weak one leaves, as it does where that one is out.
    private static (int End, double Share) EndOf(TargetState target, ReadOnlySpan<Candidate> candidates, int start)
    {
        var share = 0.0;
        var end = start;
        while (end < candidates.Length && ReferenceEquals(candidates[end].Target, target))
        {
            share = Math.Max(share, candidates[end].Measures.Share);
            end++;
        }

        return (end, share);
    }
}
