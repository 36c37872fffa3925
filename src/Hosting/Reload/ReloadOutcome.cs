namespace InferenceBroker.Hosting.Reload;

/// <summary>What one look at the file found.</summary>
internal enum ReloadOutcome
{
    Unchanged = 0,

    /// <summary>It changed since the last look and may still be being written: the next look decides.</summary>
    Unsettled = 1,

    Applied = 2,
    Refused = 3,

    /// <summary>It is gone or cannot be read.</summary>
    Missing = 4,
}
