namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>
/// How policies that look for the best one respect a share that health has cut: an endpoint at 25 % takes part in 25 % of the picks. Where
/// nobody takes part, all do: the job has to go somewhere.
/// </summary>
internal static class Participation
{
    /// <summary>Marks those that take part in this pick; at least one does. Returns how many.</summary>
    public static int Draw(in PickContext context, ReadOnlySpan<Candidate> candidates)
    {
        var count = 0;
        foreach (var candidate in candidates)
        {
            var share = candidate.Measures.Share;
            candidate.TakesPart = share >= 1 || context.Chance() < share;
            count += candidate.TakesPart ? 1 : 0;
        }

        if (count > 0)
        {
            return count;
        }

        foreach (var candidate in candidates)
        {
            candidate.TakesPart = true;
        }

        return candidates.Length;
    }

    /// <summary>The index of the n-th one that takes part, from 0.</summary>
    public static int IndexOf(int number, int count, ReadOnlySpan<Candidate> candidates)
    {
        if (count == candidates.Length)
        {
            return number;
        }

        var index = -1;
        for (var left = number; left >= 0; left--)
        {
            do
            {
                index++;
            } while (!candidates[index].TakesPart);
        }

        return index;
    }
}
