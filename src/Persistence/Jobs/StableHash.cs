namespace InferenceBroker.Persistence.Jobs;

/// <summary>FNV-1a over 64 bits: the same in every process and version, unlike <see cref="string.GetHashCode()"/>.</summary>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Never 0, which stands for "none".</summary>
    public static long Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash == 0 ? 1 : (long)hash;
    }
}
