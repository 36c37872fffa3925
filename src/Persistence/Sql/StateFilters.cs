namespace InferenceBroker.Persistence.Sql;

/// <summary>
/// The states as the partial indexes know them. No index names the state itself: a column that an index names, in its key or its filter, makes
/// PostgreSQL write every index of the table anew when it changes. So <c>dispatched_at</c> is set exactly while a job is dispatched or running
/// and <c>ended_at</c> exactly once it has ended; a constraint of the table holds both to the state.
/// </summary>
internal static class StateFilters
{
    public const string IsQueued = "state = 0 AND dispatched_at IS NULL AND ended_at IS NULL";

    public const string IsInFlight = "state IN (1, 2) AND dispatched_at IS NOT NULL";

    public const string IsRunning = "state = 2 AND dispatched_at IS NOT NULL";

    public const string HasNotStarted = "state IN (0, 1) AND ended_at IS NULL";
}
