namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Picks the lowest score among those that take part; equals by least busy, then by who was not picked for longest.</summary>
internal static class LowestScore
{
    public static int Pick(ReadOnlySpan<Candidate> candidates)
    {
        var best = -1;
        var latest = 0L;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i];
            latest = Math.Max(latest, candidate.Turn);
            if (candidate.TakesPart && (best < 0 || IsBetter(candidate, candidates[best])))
            {
                best = i;
            }
        }

        candidates[best].Turn = latest + 1;
        return best;
    }

    private static bool IsBetter(Candidate candidate, Candidate than)
    {
        var (score, other) = (candidate.Terms.Score, than.Terms.Score);
        return score < other || (score <= other && IsLessBusy(candidate, than));
    }

    private static bool IsLessBusy(Candidate candidate, Candidate than)
    {
        var (used, other) = (candidate.Utilisation, than.Utilisation);
        if (used < other || used > other)
        {
            return used < other;
        }

        return candidate.InFlight == than.InFlight ? candidate.Turn < than.Turn : candidate.InFlight < than.InFlight;
    }
}
