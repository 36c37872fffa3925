namespace InferenceBroker.Persistence.Commit;

/// <summary>The limits of a group commit.</summary>
internal sealed record GroupCommitOptions
{
    /// <summary>Rows in one statement: beyond this the cost per row hardly falls any more.</summary>
    public int MaxRows { get; init; } = 200;

    /// <summary>After a group of so many rows the next one gathers for <see cref="BusyPause"/>; smaller ones follow each other at once.</summary>
    public int LargeGroup { get; init; } = 16;

    public TimeSpan BusyPause { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>How long a caller's row is tried again while the database is away: longer than a restart takes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stopping process waits for the rows that it still has.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public static GroupCommitOptions Default { get; } = new();
}
